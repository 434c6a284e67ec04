package dev.stepzero.cli;

import dev.stepzero.cli.remote.Facts;
import dev.stepzero.cli.remote.Server;
import dev.stepzero.govern.report.Shown;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows and decides on the waivers of a server. */
@Command(
        name = "waivers",
        mixinStandardHelpOptions = true,
        description =
                "Lists the waivers of a server; its parts ask for one and decide on what somebody else asked for.",
        subcommands = {WaiversCommand.Ask.class, WaiversCommand.Grant.class, WaiversCommand.Refuse.class},
        footer = {
            "",
            "Examples:",
            "  stepzero waivers --state asked",
            "  stepzero waivers ask 4711 --until 2026-12-31 --reason 'the port is behind the VPN'",
            "  stepzero waivers grant 12"
        })
final class WaiversCommand implements Callable<Integer> {
    private static final String ROW = "%-8s %-10s %-16s %-32s %-11s %-16s %s%n";

    private final Terminal terminal;

    @Mixin
    private Place place = new Place();

    @Option(names = "--project", paramLabel = "NAME", description = "Only of this application.")
    private @Nullable String project;

    @Option(names = "--state", paramLabel = "STATE", description = "asked, granted, refused or withdrawn.")
    private @Nullable String state;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many; default: 50.")
    private int limit;

    WaiversCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        var asked = new LinkedHashMap<String, Object>();
        if (project != null) {
            asked.put("project", project);
        }
        if (state != null) {
            asked.put("state", state);
        }
        var waivers = place.required(terminal).list("/api/v1/waivers", asked, limit);
        terminal.out().printf(ROW, "NUMBER", "STATE", "PROJECT", "RULE", "UNTIL", "ASKED BY", "REASON");
        waivers.forEach(each -> row(terminal, each));
        terminal.out().flush();
        return 0;
    }

    private static void row(Terminal terminal, JsonNode waiver) {
        terminal.out()
                .printf(
                        ROW,
                        waiver.path("id").longValue(),
                        Facts.text(waiver, "state"),
                        Facts.text(waiver, "project"),
                        Facts.text(waiver, "rule"),
                        Facts.text(waiver, "until"),
                        Facts.text(waiver, "askedBy"),
                        Shown.line(Facts.text(waiver, "reason")));
    }

    /** Decides, and shows what became of it. */
    private static int decide(Terminal terminal, Server server, long waiver, String decision, @Nullable String note)
            throws InterruptedException {
        var project = Facts.text(server.get("/api/v1/waivers/" + waiver), "project");
        var sent = new LinkedHashMap<String, Object>(Map.of("decision", decision));
        if (note != null) {
            sent.put("note", note);
        }
        row(terminal, server.post(Server.of(project, "/waivers/%d/decision".formatted(waiver)), sent));
        terminal.out().flush();
        return 0;
    }

    /** Asks for a waiver. */
    @Command(
            name = "ask",
            mixinStandardHelpOptions = true,
            description = "Asks for a waiver of a finding.",
            footer = {"", "Example: stepzero waivers ask 4711 --until 2026-12-31 --reason 'behind the VPN'"})
    static final class Ask implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "FINDING", description = "The finding's number.")
        private long finding;

        @Mixin
        private Place place = new Place();

        @Option(names = "--until", required = true, paramLabel = "DAY", description = "The last day, as 2026-12-31.")
        private String until = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why it may be.")
        private String reason = "";

        Ask(Terminal terminal, Clock clock) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws InterruptedException {
            var server = place.required(terminal);
            var project = Facts.text(server.get("/api/v1/findings/" + finding).path("finding"), "project");
            var sent = Map.of("reason", reason, "until", until);
            row(terminal, server.post(Server.of(project, "/findings/%d/waivers".formatted(finding)), sent));
            terminal.out().flush();
            return 0;
        }
    }

    /** Grants a waiver. */
    @Command(
            name = "grant",
            mixinStandardHelpOptions = true,
            description = "Grants a waiver that somebody else asked for.",
            footer = {"", "Example: stepzero waivers grant 12"})
    static final class Grant implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "WAIVER", description = "The waiver's number.")
        private long waiver;

        @Mixin
        private Place place = new Place();

        @Option(names = "--note", paramLabel = "TEXT", description = "What there is to say to it.")
        private @Nullable String note;

        Grant(Terminal terminal, Clock clock) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws InterruptedException {
            return decide(terminal, place.required(terminal), waiver, "grant", note);
        }
    }

    /** Refuses a waiver. */
    @Command(
            name = "refuse",
            mixinStandardHelpOptions = true,
            description = "Refuses a waiver that somebody else asked for.",
            footer = {"", "Example: stepzero waivers refuse 12 --note 'close the port instead'"})
    static final class Refuse implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "WAIVER", description = "The waiver's number.")
        private long waiver;

        @Mixin
        private Place place = new Place();

        @Option(names = "--note", required = true, paramLabel = "TEXT", description = "Why.")
        private String note = "";

        Refuse(Terminal terminal, Clock clock) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws InterruptedException {
            return decide(terminal, place.required(terminal), waiver, "refuse", note);
        }
    }
}
