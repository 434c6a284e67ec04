package dev.stepzero.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What a scan looked at, so that silence can be told from safety.
 *
 * @param files the files seen
 * @param parsed the files that some part of the scan understood
 * @param resources the configured things that were judged
 * @param skipped what was left out, and why
 */
public record Coverage(int files, int parsed, int resources, List<Skipped> skipped) {
    public static final Coverage NONE = new Coverage(0, 0, 0, List.of());

    /** A file or a part of one that was not judged. */
    public record Skipped(String path, String reason) {}

    public Coverage {
        skipped = List.copyOf(skipped);
    }

    /** Both together; a file that both saw counts once. */
    public Coverage and(Coverage other) {
        var all = new ArrayList<>(skipped);
        all.addAll(other.skipped);
        return new Coverage(Math.max(files, other.files), parsed + other.parsed, resources + other.resources, all);
    }
}
