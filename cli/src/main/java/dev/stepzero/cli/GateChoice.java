package dev.stepzero.cli;

import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Severity;
import dev.stepzero.govern.baseline.Baseline;
import dev.stepzero.govern.gate.WrittenWaiver;
import dev.stepzero.govern.report.Judged;
import dev.stepzero.govern.report.Status;
import dev.stepzero.govern.triage.Terms;
import dev.stepzero.govern.triage.Triage;
import dev.stepzero.ship.project.ScanSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What of the findings counts, and what of them blocks. */
final class GateChoice {
    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Count only what this former report or baseline does not know.")
    private @Nullable Path baseline;

    @Option(names = "--write-baseline", paramLabel = "FILE", description = "Write all findings down as known.")
    private @Nullable Path newBaseline;

    @Option(
            names = "--severity",
            paramLabel = "LEVEL",
            description = "low, medium, high or critical: leave out what is milder, and block at the rest.")
    private @Nullable Severity severity;

    @Option(names = "--fail-undecided", description = "Block where an undecided finding would block if it were true.")
    private boolean failUndecided;

    /**
     * By what a scan's report is judged.
     *
     * @param accountable the waivers that must have something to waive in it
     */
    Terms terms(ScanSettings settings, List<WrittenWaiver> accountable) {
        // Of the project's own waivers some may be about its image, which is not looked at here.
        var waivers = new ArrayList<>(settings.waivers());
        waivers.addAll(settings.project());
        var terms = new Terms(
                Severity.LOW,
                settings.gate().failOn(),
                settings.gate().warnOn(),
                failUndecided,
                accountable,
                waivers,
                baseline == null ? Baseline.NONE : Baseline.read(baseline));
        return severity == null ? terms : terms.from(severity);
    }

    /** Judges a report, and writes down what is known from now on if that is wanted. */
    Triage judge(ScanReport report, Terms terms, Clock clock, Consumer<String> say) {
        var triage = Triage.of(report, terms, clock);
        if (newBaseline == null) {
            return triage;
        }
        var known = triage.findings().stream()
                .filter(each -> each.status() != Status.WAIVED)
                .map(Judged::finding)
                .filter(Triage::mayBeKnown)
                .toList();
        Baseline.write(newBaseline, known);
        say.accept("%d findings are known from now on: %s".formatted(known.size(), newBaseline));
        return Triage.of(report, terms.with(Baseline.of(known)), clock);
    }
}
