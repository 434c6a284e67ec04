package dev.stepzero.ship.findings;

import dev.stepzero.core.Severity;
import java.util.List;

/** Severities as numbers, by which tables order them. */
final class Weight {
    private static final List<Severity> MILDEST_FIRST =
            List.of(Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL);

    private Weight() {}

    static int of(Severity severity) {
        return MILDEST_FIRST.indexOf(severity);
    }

    static Severity severity(int weight) {
        return MILDEST_FIRST.get(weight);
    }
}
