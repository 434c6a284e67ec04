package dev.stepzero.cli;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.govern.report.Shown;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.ship.Shipping;
import dev.stepzero.ship.affected.Affected;
import dev.stepzero.ship.affected.AffectedReleases.Answer;
import dev.stepzero.ship.affected.Serving;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** Says what of everything that serves is affected by what became known since. */
@Command(
        name = "affected",
        mixinStandardHelpOptions = true,
        description = "Matches what serves with the advisories of today, without a look into any image: what is"
                + " affected, where, since when that is known, and what mends it. What was told once is not new again.",
        footer = {
            "",
            "Exit codes: 0 nothing new that a gate would block, 1 something.",
            "",
            "Examples:",
            "  stepzero db update --no-rebuild && stepzero affected",
            "  stepzero affected --format json",
            "  stepzero affected pkg:maven/org.apache.logging.log4j/log4j-core     where it serves, vulnerable or not"
        })
final class AffectedCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .build();

    /** How the answer is printed. */
    enum Format {
        TEXT,
        JSON
    }

    private final Terminal terminal;
    private final Clock clock;

    @Parameters(
            arity = "0..1",
            paramLabel = "PURL",
            description = "Instead, where this package serves; without a version, every version of it.")
    private @Nullable String purl;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json; default: text.")
    private Format format = Format.TEXT;

    AffectedCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var shipping = Shipping.open(terminal.environment(), clock)) {
            if (purl != null) {
                print(shipping.serving(PackageUrl.parse(purl)));
                return ExitStatus.PASSED.code();
            }
            var answer = shipping.affected();
            switch (format) {
                case TEXT -> print(answer);
                case JSON -> terminal.out().println(JSON.writeValueAsString(document(answer)));
            }
            terminal.out().flush();
            answer.unrecorded()
                    .forEach(each -> terminal.err()
                            .printf(
                                    "%s/%s is not judged: commit %.12s was released before components were recorded; ship it again%n",
                                    each.project(), each.environment(), each.commit()));
            return answer.alarms() ? ExitStatus.BLOCKED.code() : ExitStatus.PASSED.code();
        }
    }

    private static Map<String, Object> document(Answer answer) {
        return Map.of(
                "affected",
                answer.affected(),
                "unrecorded",
                answer.unrecorded().stream()
                        .map(each -> Map.of(
                                "project", each.project(),
                                "environment", each.environment(),
                                "image", each.image().toString(),
                                "commit", each.commit()))
                        .toList());
    }

    private void print(List<Serving> serving) {
        var out = terminal.out();
        if (format == Format.JSON) {
            out.println(JSON.writeValueAsString(serving));
        } else if (serving.isEmpty()) {
            terminal.err().println("it serves nowhere that components are recorded of");
        } else {
            serving.forEach(each -> line("%s/%s  commit %.12s  %.19s  %s  %s"
                    .formatted(
                            each.project(),
                            each.environment(),
                            each.commit(),
                            each.image(),
                            each.purl(),
                            each.place())));
        }
        out.flush();
    }

    private void print(Answer answer) {
        if (answer.affected().isEmpty()) {
            terminal.err().println("nothing that serves is known to be affected");
        }
        answer.affected().forEach(this::print);
        var fresh = answer.affected().stream().filter(Affected::fresh).count();
        if (!answer.affected().isEmpty()) {
            terminal.err()
                    .printf("%d affected, %d of them new%n", answer.affected().size(), fresh);
        }
    }

    /** Advisories and names of files are others' words: nothing in them may steer the terminal. */
    private void print(Affected each) {
        line("%s  %-8s  %s in %s%s"
                .formatted(
                        each.fresh() ? "NEW  " : "known",
                        each.severity().label(),
                        each.advisory(),
                        each.purl(),
                        each.summary().isEmpty() ? "" : ": " + each.summary()));
        line("       serves in %s/%s, commit %.12s, image %.19s, at %s"
                .formatted(each.project(), each.environment(), each.commit(), each.image(), each.place()));
        line("       known since %s, deployed %s; %s"
                .formatted(
                        each.knownSince().truncatedTo(ChronoUnit.SECONDS),
                        each.deployedAt().truncatedTo(ChronoUnit.SECONDS),
                        each.fixed().isEmpty() ? "no fix" : "fixed in " + each.fixed()));
        line("       %s".formatted(each.remedy().text()));
    }

    private void line(String text) {
        terminal.out().println(Shown.line(text));
    }
}
