package dev.stepzero.cli;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.govern.report.Shown;
import dev.stepzero.ship.MendRequest;
import dev.stepzero.ship.ShipPlan;
import dev.stepzero.ship.Shipping;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.phoenix.Mended;
import dev.stepzero.ship.phoenix.Outcome;
import dev.stepzero.ship.phoenix.Rebuild;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Tells the story of what is rebuilt, and what needs a person. */
final class Mending {
    private final Terminal terminal;
    private final RunView view;

    Mending(Terminal terminal, Clock clock, boolean verbose) {
        this.terminal = terminal;
        this.view = new RunView(terminal, clock, verbose);
    }

    ExitStatus mend(Shipping shipping, Optional<MendRequest> asked) throws InterruptedException {
        Mended mended;
        try (var _ = new Ticker(view)) {
            mended = shipping.mend(asked, this::begins);
        }
        mended.outcomes().stream().filter(Outcome::news).forEach(this::print);
        mended.notices().forEach(this::print);
        if (asked.isPresent() && mended.outcomes().isEmpty()) {
            terminal.err().println("no rebuild mends anything of what serves; see: stepzero affected");
        }
        terminal.out().flush();
        terminal.err().flush();
        return mended.alarms() ? ExitStatus.BLOCKED : ExitStatus.PASSED;
    }

    private RunListener begins(ShipPlan plan, Deployment served, Rebuild rebuild, List<String> notes) {
        var paint = terminal.paint();
        terminal.err()
                .println("\n  %s %s is built again for %s %s"
                        .formatted(
                                paint.strong(served.project()),
                                plan.commit().shortId(),
                                paint.strong(served.environment()),
                                paint.faint("(" + plan.site().describe() + ")")));
        rebuild.fixes().forEach(each -> terminal.err().println("    " + Shown.line(each.toString())));
        notes.forEach(note -> terminal.err().println("    " + Shown.line(note)));
        terminal.err().println();
        return view;
    }

    private void print(Outcome outcome) {
        var served = outcome.served();
        line("%s/%s: %s".formatted(served.project(), served.environment(), outcome.text()));
        outcome.because()
                .forEach(each -> line("       %s %s in %s%s"
                        .formatted(
                                outcome.kind() == Outcome.Kind.REBUILT ? "mended:" : "affected:",
                                each.advisory(),
                                each.purl(),
                                each.fixed().isEmpty() ? "" : ", fixed in " + each.fixed())));
    }

    private void print(Mended.Notice notice) {
        var each = notice.affected();
        line("NEW    %-8s  %s in %s%s"
                .formatted(
                        each.severity().label(),
                        each.advisory(),
                        each.purl(),
                        each.summary().isEmpty() ? "" : ": " + each.summary()));
        line("       serves in %s/%s, commit %.12s, at %s"
                .formatted(each.project(), each.environment(), each.commit(), each.place()));
        line("       %s".formatted(each.remedy().text()));
        line("       owners: %s"
                .formatted(notice.owners().isEmpty() ? "nobody known" : String.join(", ", notice.owners())));
    }

    /** Advisories and names are others' words: nothing in them may steer the terminal. */
    private void line(String text) {
        terminal.out().println(Shown.line(text));
    }
}
