package dev.stepzero.ship.steps;

import dev.stepzero.core.Finding;
import java.util.Locale;

/** A finding in one line. */
final class FindingLine {
    private FindingLine() {}

    static String of(Finding finding) {
        return "%-8s %s  %s: %s. To mend it: %s"
                .formatted(
                        finding.severity().name().toLowerCase(Locale.ROOT),
                        finding.rule(),
                        finding.location().resource(),
                        finding.message(),
                        finding.fix());
    }
}
