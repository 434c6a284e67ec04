package dev.stepzero.cli;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.ledger.LedgerExport;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies the ledger out. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Copies the ledger out, a JSON object a line, with all that stepzero audit verify needs but the"
                + " trust in the keys.",
        footer = {
            "",
            "A file that is there already is gone on with, whether it was cut or has become old.",
            "",
            "Examples:",
            "  stepzero audit export --output ledger.jsonl",
            "  stepzero audit export --from 1200 > since-1200.jsonl"
        })
final class AuditExport implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Option(names = "--output", paramLabel = "FILE", description = "The file to write or to go on with.")
    private @Nullable Path output;

    @Option(names = "--from", paramLabel = "NUMBER", description = "The first entry; not with --output.")
    private @Nullable Long from;

    AuditExport(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (output != null && from != null) {
            throw UserError.usage("--from does not go with --output")
                    .fix("leave it out: a file is gone on with where it ends");
        }
        try (var open = OpenLedger.of(terminal, clock)) {
            var size = open.reader().size();
            if (from != null && (from < 0 || from > size)) {
                throw UserError.usage("there is no entry %d: there are %d".formatted(from, size))
                        .fix("see: stepzero audit");
            }
            open.write("ledger.export", Thing.of("ledger", open.reader().origin()), Outcome.SUCCEEDED, "");
            open.installed().ledger().checkpoint();
            var export = new LedgerExport(
                    open.database().jdbi(), open.installed().keys().keys());
            if (output == null) {
                export.write(from == null ? 0 : from, new WriterStream(terminal.out()));
                terminal.out().flush();
            } else {
                var first = export.write(output);
                terminal.err()
                        .printf(
                                "wrote entries %d to %d to %s%n",
                                first, open.reader().size() - 1, output);
            }
            return 0;
        } catch (IOException e) {
            throw UserError.engine("the export cannot be written: " + e.getMessage())
                    .at(output == null ? "standard output" : output.toString())
                    .fix("see that there is space; the same command goes on where it was cut")
                    .because(e);
        }
    }
}
