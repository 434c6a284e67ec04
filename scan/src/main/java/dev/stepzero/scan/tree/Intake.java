package dev.stepzero.scan.tree;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.resource.Position;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Takes down, while files are read, what was understood and what was not. Safe for use by several threads. */
public final class Intake {
    private final Set<String> parsed = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Coverage.Skipped> skipped = new ArrayList<>();

    /**
     * A part of the input that could not be understood; it becomes a finding.
     *
     * @param position the file, and the lines where they are known
     */
    public record Problem(String message, Position position) {}

    /** A file that some reader understood, be it in parts. */
    public synchronized void parsed(String path) {
        parsed.add(path);
    }

    /** A file that cannot be read at all. */
    public void unreadable(String path, String why) {
        problem(why, new Position(path, 0, 0, 0));
    }

    /** A part of a file that cannot be understood. */
    public synchronized void problem(String message, Position position) {
        problems.add(new Problem(message, position));
    }

    /** Something that is left out on purpose. */
    public synchronized void skipped(String path, String reason) {
        skipped.add(new Coverage.Skipped(path, reason));
    }

    /** The paths of the files that were understood. */
    public synchronized Set<String> parsed() {
        return Set.copyOf(parsed);
    }

    /** What could not be understood. */
    public synchronized List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** All of it, with the number of files seen and of the things that were judged. */
    public synchronized Coverage coverage(int files, int resources) {
        return new Coverage(files, parsed.size(), resources, skipped);
    }
}
