package dev.stepzero.scan.iac;

import dev.stepzero.scan.tree.Intake;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A comment that accepts findings, or what a resource says of itself.
 *
 * @param line where it stands
 * @param covers the line that it speaks of: the first below it that is no comment, or its own where code stands before it
 * @param rule a rule's id or alias, or {@code *}
 * @param reach how far it reaches
 * @param last the last day on which it holds, if it says one
 * @param resource the address of the resource that says it; empty for a comment
 */
record Suppression(
        String file,
        int line,
        int covers,
        String rule,
        Reach reach,
        @Nullable LocalDate last,
        String resource) {
    /** How far a comment reaches; each tool has its habit. */
    enum Reach {
        /** The line or block that it stands at. */
        PLACE,
        /** The block that it stands in, or at. */
        BLOCK,
        /** The whole file. */
        FILE,
        /** The resource that says it, with all that is made of it. */
        RESOURCE
    }

    static Suppression of(Intake.Acceptance said) {
        var at = said.position();
        return new Suppression(
                at.file(), at.line(), at.line(), said.rule(), Reach.RESOURCE, said.last(), said.resource());
    }

    /** Whether it is said by a resource, or by one of which the resource with this address was made. */
    boolean isSaidBy(String address) {
        return address.equals(resource) || address.startsWith(resource + "/") || address.startsWith(resource + ".");
    }

    Optional<LocalDate> until() {
        return Optional.ofNullable(last);
    }
}
