package dev.stepzero.cli;

import dev.stepzero.core.UserError;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints a checkpoint for somebody else to keep. */
@Command(
        name = "checkpoint",
        mixinStandardHelpOptions = true,
        description = "Signs the ledger as it is and prints the checkpoint. Whoever keeps it elsewhere can prove later"
                + " that nothing before it was altered or taken away.",
        footer = {
            "",
            "Examples:",
            "  stepzero audit checkpoint > checkpoint-2026-11-21",
            "  stepzero audit checkpoint --since 1200    with the proof that a witness asks for (c2sp.org/tlog-witness)"
        })
final class AuditCheckpoint implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Option(
            names = "--since",
            paramLabel = "SIZE",
            description = "Print before it the proof that it grew out of the ledger of this size.")
    private @Nullable Long since;

    AuditCheckpoint(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var open = OpenLedger.of(terminal, clock)) {
            var checkpoint = open.installed().ledger().checkpoint();
            var size = checkpoint.checkpoint().size();
            if (since != null) {
                if (since < 0 || since > size) {
                    throw UserError.usage("the ledger has %d entries and not %d".formatted(size, since))
                            .fix("name the size of a checkpoint that was made earlier");
                }
                terminal.out().println("old " + since);
                if (since > 0) {
                    open.reader().consistency(since, size).forEach(terminal.out()::println);
                }
                terminal.out().println();
            }
            terminal.out().print(checkpoint.note());
            terminal.out().flush();
            return 0;
        }
    }
}
