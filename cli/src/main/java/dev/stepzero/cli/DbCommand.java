package dev.stepzero.cli;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.govern.report.Shown;
import dev.stepzero.scan.vulnerabilities.database.Catalogue;
import dev.stepzero.scan.vulnerabilities.database.Database;
import dev.stepzero.scan.vulnerabilities.database.DatabaseImport;
import dev.stepzero.scan.vulnerabilities.database.Imported;
import dev.stepzero.scan.vulnerabilities.database.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings advisories on packages in, refreshes them, and says how old they are. */
@Command(
        name = "db",
        mixinStandardHelpOptions = true,
        description =
                "Keeps the advisories by which packages are judged. They stay on this machine: a scan asks no one.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  stepzero db import https://osv-vulnerabilities.storage.googleapis.com/Maven/all.zip",
            "  stepzero db import vulndb/ --kev known_exploited_vulnerabilities.json --epss epss_scores-current.csv.gz",
            "  stepzero db update",
            "  stepzero db status --format json"
        })
final class DbCommand implements Runnable {
    private final Terminal terminal;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    /** How a status is printed. */
    enum StatusFormat {
        TABLE,
        JSON
    }

    DbCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "name one of import, update, status");
        }
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Imports OSV records, and remembers where they came from. Importing a source again takes"
                    + " over what changed in it; all other sources stay. Then it does what 'stepzero rebuild' does.",
            footer = {
                "",
                "Examples:",
                "  stepzero db import ~/Downloads/all.zip",
                "  stepzero db import https://osv-vulnerabilities.storage.googleapis.com/npm/all.zip"
            })
    int importRecords(
            @Parameters(
                            arity = "0..*",
                            paramLabel = "PATH|URL",
                            description = "Zips or folders of OSV records, folders of zips, or URLs of zips.")
                    @Nullable
                    List<String> sources,
            @Option(
                            names = "--kev",
                            paramLabel = "FILE",
                            description = "CISA's list of exploited vulnerabilities in JSON; a file or a URL.")
                    @Nullable
                    String exploited,
            @Option(
                            names = "--epss",
                            paramLabel = "FILE",
                            description = "EPSS's scores in CSV, packed or not; a file or a URL.")
                    @Nullable
                    String probabilities,
            @Mixin Aftermath aftermath)
            throws InterruptedException {
        var named = sources == null ? new ArrayList<String>() : sources;
        if (named.isEmpty() && exploited == null && probabilities == null) {
            throw UserError.usage("there is nothing to import")
                    .fix("name a folder or zip of OSV records, or use --kev or --epss");
        }
        try (var _ = new CancelOnSignal()) {
            say("imported", changes().add(named, Optional.ofNullable(exploited), Optional.ofNullable(probabilities)));
            return aftermath.of(terminal, clock).code();
        }
    }

    @Command(
            name = "update",
            mixinStandardHelpOptions = true,
            description = "Reads all sources again, as far as they changed. A source that cannot be reached keeps what"
                    + " was known of it, and that is no failure: its age is what counts. Then it does what"
                    + " 'stepzero rebuild' does: what serves and mends itself is rebuilt, the rest is told once.",
            footer = {"", "Example: stepzero db update"})
    int update(@Mixin Aftermath aftermath) throws InterruptedException {
        try (var _ = new CancelOnSignal()) {
            say("checked", changes().update());
            return aftermath.of(terminal, clock).code();
        }
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Shows what the database holds, how old it is, and where it came from.",
            footer = {"", "Example: stepzero db status --format json"})
    int status(
            @Option(names = "--format", paramLabel = "FORMAT", description = "table or json.", defaultValue = "table")
                    StatusFormat format) {
        var directory = directory();
        try (var database = Database.open(directory).orElse(null)) {
            var catalogue = database == null ? Catalogue.EMPTY : database.catalogue();
            var status = new DbStatus(catalogue, directory, clock.instant());
            try {
                switch (format) {
                    case TABLE -> status.table(terminal);
                    case JSON -> status.json(terminal.out());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return 0;
    }

    private Path directory() {
        return Database.directory(Home.of(terminal.environment()));
    }

    private DatabaseImport changes() {
        return new DatabaseImport(directory(), clock, Limits.USUAL);
    }

    private void say(String done, Imported imported) {
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%s %,d records: %,d of them unchanged, %,d withdrawn%n",
                        done,
                        imported.records(),
                        imported.reused(),
                        imported.withdrawn());
        imported.skipped().forEach(each -> terminal.err().println("skipped " + Shown.line(each)));
        int more = imported.skippedCount() - imported.skipped().size();
        if (more > 0) {
            terminal.err().printf("and %d more files that are no records%n", more);
        }
        imported.failures().forEach(each -> terminal.err().println("kept what was known of " + Shown.line(each)));
        terminal.out().flush();
        terminal.err().flush();
    }
}
