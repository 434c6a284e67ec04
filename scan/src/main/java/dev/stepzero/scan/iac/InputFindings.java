package dev.stepzero.scan.iac;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import dev.stepzero.core.resource.Position;
import dev.stepzero.scan.tree.Intake;
import java.util.List;
import java.util.Set;

/** Findings about the input itself, beside what the rules find in it. */
final class InputFindings {
    private InputFindings() {}

    static Finding notUnderstood(Intake.Problem problem) {
        return finding(
                "stepzero-file-not-understood",
                "A part of the code could not be read, so nothing was checked there",
                Severity.MEDIUM,
                problem.position(),
                problem.message(),
                "Mend what the message names, or keep the file out of what is scanned.");
    }

    static Finding unused(Suppression suppression) {
        return finding(
                "stepzero-suppression-unused",
                "A comment accepts a finding that is not there",
                Severity.LOW,
                position(suppression),
                "'%s' is found neither here nor at what the comment stands at".formatted(suppression.rule()),
                "Delete the comment, before it hides something new.");
    }

    static Finding expired(Suppression suppression) {
        return finding(
                "stepzero-suppression-expired",
                "A comment accepted a finding until a day that has passed",
                Severity.MEDIUM,
                position(suppression),
                "the comment for '%s' ended on %s"
                        .formatted(suppression.rule(), suppression.until().orElseThrow()),
                "Mend what it accepted, or decide anew and set a later day.");
    }

    private static Position position(Suppression suppression) {
        return new Position(suppression.file(), suppression.line(), 1, suppression.line());
    }

    private static Finding finding(
            String rule, String title, Severity severity, Position position, String message, String fix) {
        return new Finding(
                rule,
                List.of(),
                title,
                severity,
                new Location(position.file(), position.file(), position.line(), position.endLine()),
                message,
                fix,
                List.of(),
                List.of(),
                Set.of(Stride.REPUDIATION),
                List.of(),
                Finding.fingerprint(rule, position.file(), message));
    }
}
