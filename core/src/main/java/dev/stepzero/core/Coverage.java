package dev.stepzero.core;

import java.util.LinkedHashSet;
import java.util.List;

/**
 * What a scan looked at, so that silence can be told from safety.
 *
 * @param files the files seen
 * @param parsed the files that a part of the scan understood; of several parts the one that understood most
 * @param resources the configured things that were judged
 * @param skipped what was left out, and why
 * @param notes what a reader should know beside it, a sentence each, such as how old the data was
 */
public record Coverage(int files, int parsed, int resources, List<Skipped> skipped, List<String> notes) {
    public static final Coverage NONE = new Coverage(0, 0, 0, List.of());

    /** A file or a part of one that was not judged. */
    public record Skipped(String path, String reason) {}

    public Coverage {
        skipped = List.copyOf(skipped);
        notes = List.copyOf(notes);
    }

    /** One without notes. */
    public Coverage(int files, int parsed, int resources, List<Skipped> skipped) {
        this(files, parsed, resources, skipped, List.of());
    }

    /** Both together; a file that both saw, or both left out for the same reason, counts once. */
    public Coverage and(Coverage other) {
        return new Coverage(
                Math.max(files, other.files),
                Math.max(parsed, other.parsed),
                resources + other.resources,
                union(skipped, other.skipped),
                union(notes, other.notes));
    }

    private static <T> List<T> union(List<T> one, List<T> other) {
        var all = new LinkedHashSet<>(one);
        all.addAll(other);
        return List.copyOf(all);
    }
}
