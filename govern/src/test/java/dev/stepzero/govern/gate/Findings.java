package dev.stepzero.govern.gate;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import java.util.List;
import java.util.Set;

final class Findings {
    private Findings() {}

    static Finding finding(String rule, Severity severity, String resource) {
        return new Finding(
                rule,
                List.of("ALIAS-" + rule),
                "something is wrong",
                severity,
                Location.of(resource),
                "found this",
                "do that",
                List.of(),
                List.of(),
                Set.of(Stride.TAMPERING),
                List.of(),
                Finding.fingerprint(rule, resource, ""));
    }
}
