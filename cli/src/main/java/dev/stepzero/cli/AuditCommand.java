package dev.stepzero.cli;

import dev.stepzero.core.UserError;
import dev.stepzero.govern.report.Shown;
import dev.stepzero.guard.ledger.Actions;
import dev.stepzero.guard.ledger.Leaf;
import dev.stepzero.guard.ledger.LedgerQuery;
import dev.stepzero.guard.ledger.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says who did what when. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Shows who decided or did what, when, on what and why, the newest first. The parts show that"
                + " nobody tampered with it.",
        subcommands = {
            AuditShow.class,
            AuditVerify.class,
            AuditExport.class,
            AuditCheckpoint.class,
            AuditCommand.Words.class
        },
        footer = {
            "",
            "Examples:",
            "  stepzero audit",
            "  stepzero audit gate.judge --project invoicer --outcome denied",
            "  stepzero audit --who os:ada@laptop --since 2026-11-01 --format json",
            "  stepzero audit verify",
            "  stepzero audit export --output ledger.jsonl"
        })
final class AuditCommand implements Callable<Integer> {
    private static final String ROW = "%-7s %-20s %-28s %-20s %-9s %-40s %s%n";

    private final Terminal terminal;
    private final Clock clock;

    /** How entries are printed. */
    enum Format {
        TABLE,
        JSON
    }

    @Mixin
    private Place place = new Place();

    @Parameters(arity = "0..1", paramLabel = "QUERY", description = "An action, such as gate.judge, or who.")
    private @Nullable String query;

    @Option(names = "--who", paramLabel = "NAME", description = "Who did it.")
    private @Nullable String who;

    @Option(names = "--what", paramLabel = "ACTION", description = "What was done; see stepzero audit actions.")
    private @Nullable String what;

    @Option(names = "--type", paramLabel = "TYPE", description = "On what kind of thing.")
    private @Nullable String type;

    @Option(names = "--object", paramLabel = "ID", description = "On which one.")
    private @Nullable String object;

    @Option(names = "--project", paramLabel = "NAME", description = "Of which application.")
    private @Nullable String project;

    @Option(names = "--environment", paramLabel = "NAME", description = "Of which environment.")
    private @Nullable String environment;

    @Option(names = "--outcome", paramLabel = "OUTCOME", description = "allowed, denied, succeeded or failed.")
    private @Nullable Outcome outcome;

    @Option(names = "--since", paramLabel = "TIME", description = "From this day or time on (UTC).")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before this day or time (UTC).")
    private @Nullable String until;

    @Option(names = "--before", paramLabel = "NUMBER", description = "The page before this entry.")
    private @Nullable Long before;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Entries, at most 1000; default: 50.")
    private int limit;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "table", description = "table or json.")
    private Format format = Format.TABLE;

    AuditCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        var asked = query();
        var server = place.server(terminal);
        if (server.isPresent()) {
            show(RemoteLedger.search(server.get(), asked));
            return 0;
        }
        try (var open = OpenLedger.of(terminal, clock)) {
            open.installed().ledger().settle();
            show(open.reader().search(asked));
            return 0;
        }
    }

    private void show(List<Leaf> page) {
        if (format == Format.TABLE) {
            terminal.out().printf(ROW, "NUMBER", "TIME", "WHO", "WHAT", "OUTCOME", "ON", "WHY");
            page.forEach(this::row);
        } else {
            page.forEach(leaf -> terminal.out().println(leaf.json()));
        }
        terminal.out().flush();
        if (page.size() == limit) {
            terminal.err().printf("older ones: --before %d%n", page.getLast().number());
        }
    }

    private LedgerQuery query() {
        if (limit < 1 || limit > LedgerQuery.LARGEST) {
            throw UserError.usage("--limit takes 1 to %d".formatted(LedgerQuery.LARGEST))
                    .fix("leaf through more with --before");
        }
        var isAction = query != null && Actions.onClassPath().meanings().containsKey(query);
        return new LedgerQuery(
                Optional.ofNullable(who).or(() -> Optional.ofNullable(isAction ? null : query)),
                Optional.ofNullable(what).or(() -> Optional.ofNullable(isAction ? query : null)),
                Optional.ofNullable(type),
                Optional.ofNullable(object),
                Optional.ofNullable(project),
                Optional.ofNullable(environment),
                Optional.ofNullable(outcome),
                Optional.ofNullable(since).map(AuditCommand::time),
                Optional.ofNullable(until).map(AuditCommand::time),
                before == null ? OptionalLong.empty() : OptionalLong.of(before),
                limit);
    }

    private static Instant time(String text) {
        try {
            return text.length() == "2026-11-21".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw UserError.usage("not a time: " + text).fix("write 2026-11-21 or 2026-11-21T12:00:00Z");
        }
    }

    private void row(Leaf leaf) {
        var entry = leaf.entry();
        var thing = entry.what();
        var place = thing.project().isEmpty() ? "" : " of %s/%s".formatted(thing.project(), thing.environment());
        terminal.out()
                .printf(
                        ROW,
                        leaf.number(),
                        entry.at().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                        shown(entry.who().principal()),
                        shown(entry.action()),
                        entry.outcome().label(),
                        shown("%s %.30s%s".formatted(thing.type(), thing.id(), place)),
                        shown(entry.reason()));
    }

    private static String shown(String text) {
        return Shown.fitting(Shown.line(text), 200);
    }

    /** The words of the ledger. */
    @Command(
            name = "actions",
            mixinStandardHelpOptions = true,
            description = "Lists what the ledger speaks of.",
            footer = {"", "Example: stepzero audit actions"})
    static final class Words implements Callable<Integer> {
        private final Terminal terminal;

        Words(Terminal terminal, Clock clock) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            Actions.onClassPath()
                    .meanings()
                    .forEach((action, meaning) -> terminal.out().printf("%-22s %s%n", action, meaning));
            terminal.out().flush();
            return 0;
        }
    }
}
