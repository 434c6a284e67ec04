package dev.stepzero.cli;

import dev.stepzero.cli.remote.Facts;
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

/** Shows what the runs of a server found. */
@Command(
        name = "findings",
        mixinStandardHelpOptions = true,
        description = "Lists what the runs of a server found, the worst first, or shows one with how to mend it.",
        footer = {
            "",
            "Examples:",
            "  stepzero findings --server https://stepzero.example.org --severity critical",
            "  stepzero findings 4711"
        })
final class FindingsCommand implements Callable<Integer> {
    private static final String ROW = "%-8s %-9s %-9s %-16s %-32s %-40s %s%n";

    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "NUMBER", description = "One finding.")
    private @Nullable Long number;

    @Mixin
    private Place place = new Place();

    @Option(names = "--project", paramLabel = "NAME", description = "Only of this application.")
    private @Nullable String project;

    @Option(names = "--severity", paramLabel = "LEVEL", description = "low, medium, high or critical.")
    private @Nullable String severity;

    @Option(names = "--state", paramLabel = "STATE", description = "open, waived, baseline or settled.")
    private @Nullable String state;

    @Option(names = "--text", paramLabel = "WORDS", description = "Words that all occur.")
    private @Nullable String text;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many; default: 50.")
    private int limit;

    FindingsCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        var server = place.required(terminal);
        if (number == null) {
            var asked = new LinkedHashMap<String, Object>();
            put(asked, "project", project);
            put(asked, "severity", severity);
            put(asked, "state", state);
            put(asked, "text", text);
            terminal.out().printf(ROW, "NUMBER", "SEVERITY", "STATE", "PROJECT", "RULE", "WHERE", "WHAT");
            server.list("/api/v1/findings", asked, limit).forEach(this::row);
        } else {
            show(server.get("/api/v1/findings/" + number));
        }
        terminal.out().flush();
        return 0;
    }

    private static void put(Map<String, Object> asked, String name, @Nullable String value) {
        if (value != null) {
            asked.put(name, value);
        }
    }

    private void row(JsonNode finding) {
        terminal.out()
                .printf(
                        ROW,
                        finding.path("id").longValue(),
                        Facts.text(finding, "severity"),
                        Facts.text(finding, "state"),
                        Facts.text(finding, "project"),
                        Facts.text(finding, "rule"),
                        where(finding),
                        Shown.line(Facts.text(finding, "title")));
    }

    private static String where(JsonNode finding) {
        return finding.has("file")
                ? Facts.text(finding, "file") + ":" + finding.path("line").asInt(0)
                : Facts.text(finding, "resource");
    }

    private void show(JsonNode details) {
        var finding = details.path("finding");
        row(finding);
        details.path("code")
                .forEach(line -> terminal.out()
                        .printf(
                                "  %s %5d  %s%n",
                                line.path("meant").asBoolean(false) ? ">" : " ",
                                line.path("number").intValue(),
                                Facts.text(line, "text")));
        terminal.out().printf("  %s%n  to mend it: %s%n", Facts.text(finding, "message"), Facts.text(finding, "fix"));
        details.path("waivers")
                .forEach(waiver -> terminal.out()
                        .printf(
                                "  waiver %d, %s until %s, asked for by %s: %s%n",
                                waiver.path("id").longValue(),
                                Facts.text(waiver, "state"),
                                Facts.text(waiver, "until"),
                                Facts.text(waiver, "askedBy"),
                                Facts.text(waiver, "reason")));
    }
}
