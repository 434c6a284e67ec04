package dev.stepzero.scan.tree;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import dev.stepzero.core.resource.Position;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes down, while files are read, what was understood and what was not. Safe for use by several threads. */
public final class Intake {
    private final Set<String> parsed = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Coverage.Skipped> skipped = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Set<Acceptance> accepted = new LinkedHashSet<>();

    public Intake() {}

    /** One that begins with what could not be understood, what was left out and what was noted before. */
    Intake(Intake before) {
        problems.addAll(before.problems());
        skipped.addAll(before.skipped());
        notes.addAll(before.notes());
    }

    /**
     * A part of the input that could not be understood; it becomes a finding.
     *
     * @param position the file, and the lines where they are known
     */
    public record Problem(String message, Position position) {
        private static final String RULE = "stepzero-file-not-understood";

        /** The finding; whichever scanner reports it, it is the same one. */
        public Finding finding() {
            return new Finding(
                    RULE,
                    List.of(),
                    "A part of the code could not be read, so nothing was checked there",
                    Severity.MEDIUM,
                    new Location(position.file(), position.file(), position.line(), position.endLine()),
                    message,
                    "Mend what the message names, or keep the file out of what is scanned.",
                    List.of(),
                    List.of(),
                    Set.of(Stride.REPUDIATION),
                    List.of(),
                    Finding.fingerprint(RULE, position.file(), message));
        }
    }

    /**
     * What a resource says of itself: that a rule is not to be heard about it.
     *
     * @param resource its address
     * @param rule a rule's id or alias
     * @param last the last day on which that holds, if it says one
     */
    public record Acceptance(
            String resource, String rule, @Nullable LocalDate last, Position position) {}

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

    /** Something that a reader of the report should know, a sentence. */
    public synchronized void note(String sentence) {
        notes.add(sentence);
    }

    /** What a resource says of itself. */
    public synchronized void accepted(Acceptance acceptance) {
        accepted.add(acceptance);
    }

    /** What resources say of themselves. */
    public synchronized List<Acceptance> accepted() {
        return List.copyOf(accepted);
    }

    /** The paths of the files that were understood. */
    public synchronized Set<String> parsed() {
        return Set.copyOf(parsed);
    }

    /** What could not be understood. */
    public synchronized List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** What was left out, and why. */
    public synchronized List<Coverage.Skipped> skipped() {
        return List.copyOf(skipped);
    }

    /** What a reader should know beside it. */
    public synchronized List<String> notes() {
        return List.copyOf(notes);
    }

    /** All of it, with the number of files seen and of the things that were judged. */
    public synchronized Coverage coverage(int files, int resources) {
        return new Coverage(files, parsed.size(), resources, skipped, List.copyOf(notes));
    }
}
