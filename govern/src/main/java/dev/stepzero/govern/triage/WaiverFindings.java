package dev.stepzero.govern.triage;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import dev.stepzero.core.Waiver;
import dev.stepzero.govern.gate.WrittenWaiver;
import java.util.List;
import java.util.Set;

/** Waivers that are findings themselves. */
final class WaiverFindings {
    static final String EXPIRED = "stepzero-waiver-expired";
    static final String UNUSED = "stepzero-waiver-unused";

    private final List<WrittenWaiver> written;

    WaiverFindings(List<WrittenWaiver> written) {
        this.written = written;
    }

    Finding expired(Waiver waiver) {
        return finding(
                EXPIRED,
                "A waiver has ended, and its finding is still there",
                Severity.HIGH,
                waiver,
                "%s accepted %s on %s until %s: %s"
                        .formatted(waiver.owner(), waiver.rule(), waiver.resource(), waiver.until(), waiver.reason()),
                "Mend the finding and remove the waiver, or have %s accept it anew with a later day."
                        .formatted(waiver.owner()));
    }

    Finding unused(Waiver waiver) {
        return finding(
                UNUSED,
                "A waiver covers no finding",
                Severity.LOW,
                waiver,
                "The waiver of %s on %s by %s matches nothing that was found."
                        .formatted(waiver.rule(), waiver.resource(), waiver.owner()),
                "Remove it, or correct its rule or its address.");
    }

    private Finding finding(String rule, String title, Severity severity, Waiver waiver, String message, String fix) {
        var name = waiver.rule() + " on " + waiver.resource();
        return new Finding(
                rule,
                List.of(),
                title,
                severity,
                place(waiver, "waiver of " + name),
                message,
                fix,
                List.of(),
                List.of(),
                Set.of(Stride.REPUDIATION),
                List.of(),
                Finding.fingerprint(rule, name, waiver.until().toString()));
    }

    private Location place(Waiver waiver, String resource) {
        return written.stream()
                .filter(each -> each.waiver().equals(waiver))
                .findFirst()
                .map(each -> new Location(resource, each.file(), each.line(), each.line()))
                .orElseGet(() -> Location.of(resource));
    }
}
