package dev.stepzero.ship.steps;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;

/** A finding in one line. */
final class FindingLine {
    private FindingLine() {}

    static String of(Finding finding) {
        return "%-8s %s  %s: %s. To mend it: %s"
                .formatted(
                        finding.severity().label(),
                        finding.rule(),
                        place(finding.location()),
                        finding.message(),
                        finding.fix());
    }

    private static String place(Location location) {
        var line = location.line().isPresent() ? ":" + location.startLine() : "";
        return location.file()
                .map(file ->
                        location.resource().equals(file) ? file + line : location.resource() + " in " + file + line)
                .orElse(location.resource());
    }
}
