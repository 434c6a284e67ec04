package dev.stepzero.cli;

import dev.stepzero.core.UserError;
import dev.stepzero.govern.report.Shown;
import dev.stepzero.guard.ledger.Leaf;
import dev.stepzero.guard.ledger.LedgerReader;
import dev.stepzero.guard.ledger.merkle.Hash;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one entry with everything that it says, and proves that it is in the ledger. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows an entry with everything that it says.",
        footer = {"", "Examples:", "  stepzero audit show 1204", "  stepzero audit show 1204 --proof"})
final class AuditShow implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Mixin
    private Place place = new Place();

    @Parameters(paramLabel = "NUMBER", description = "The entry's number.")
    private long number;

    @Option(
            names = "--proof",
            description = "Print it with a proof (RFC 9162) that the newest checkpoint covers it, for others to check.")
    private boolean proof;

    AuditShow(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        var server = place.server(terminal);
        if (server.isPresent()) {
            if (proof) {
                throw UserError.usage("a server's proof is taken as JSON")
                        .at("--proof")
                        .fix("GET /api/v1/ledger/entries/%d".formatted(number));
            }
            show(RemoteLedger.entry(server.get(), number));
            terminal.out().flush();
            return 0;
        }
        try (var open = OpenLedger.of(terminal, clock)) {
            var leaf = open.reader()
                    .find(number)
                    .orElseThrow(
                            () -> UserError.usage("there is no entry " + number).fix("see: stepzero audit"));
            if (proof) {
                prove(leaf, open);
            } else {
                show(leaf);
            }
            terminal.out().flush();
            return 0;
        }
    }

    private void show(Leaf leaf) {
        var entry = leaf.entry();
        line("entry", leaf.number());
        line("time", entry.at());
        line("recorded", leaf.recorded());
        line("who", entry.who().principal());
        line("session", entry.who().session());
        line("address", entry.who().address());
        line("what", entry.action());
        line("outcome", entry.outcome().label());
        line("on", entry.what().type() + " " + entry.what().id());
        line("project", entry.what().project());
        line("environment", entry.what().environment());
        line("why", entry.reason());
        line("details", entry.details().json());
        line("leaf hash", leaf.hash());
    }

    private void line(String name, Object value) {
        var text = Shown.line(value.toString());
        if (!text.isEmpty()) {
            terminal.out().printf("%-12s %s%n", name, text);
        }
    }

    private void prove(Leaf leaf, OpenLedger open) {
        var reader = open.reader();
        var checkpoint = reader.checkpoint()
                .filter(each -> each.checkpoint().size() > leaf.number())
                .orElseGet(() -> open.installed().ledger().checkpoint());
        terminal.out().println(leaf.json());
        print(reader, leaf, checkpoint.checkpoint().size());
        terminal.out().println();
        terminal.out().print(checkpoint.note());
    }

    private void print(LedgerReader reader, Leaf leaf, long size) {
        terminal.out().println("index " + leaf.number());
        List<Hash> path = reader.inclusion(leaf.number(), size);
        path.forEach(terminal.out()::println);
    }
}
