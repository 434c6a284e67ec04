package dev.stepzero.scan.iac;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A comment that accepts findings.
 *
 * @param line where it stands
 * @param covers the line that it speaks of: the first below it that is no comment, or its own where code stands before it
 * @param rule a rule's id or alias, or {@code *}
 * @param reach how far it reaches
 * @param last the last day on which it holds, if it says one
 */
record Suppression(
        String file,
        int line,
        int covers,
        String rule,
        Reach reach,
        @Nullable LocalDate last) {
    /** How far a comment reaches; each tool has its habit. */
    enum Reach {
        /** The line or block that it stands at. */
        PLACE,
        /** The block that it stands in, or at. */
        BLOCK,
        /** The whole file. */
        FILE
    }

    Optional<LocalDate> until() {
        return Optional.ofNullable(last);
    }
}
