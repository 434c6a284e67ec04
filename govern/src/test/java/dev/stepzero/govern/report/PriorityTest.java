package dev.stepzero.govern.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Priority;
import dev.stepzero.core.Reach;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Verdict.Decision;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What sets findings of one severity before others, and how reports for programs say so. */
class PriorityTest {
    private static final Optional<Reach> REACHABLE =
            Optional.of(Reach.reachable(List.of("app.Main", "org.lib.Parser")));
    private static final Optional<Reach> UNKNOWN = Optional.of(Reach.unknown("nothing is compiled"));
    private static final Optional<Reach> UNREACHABLE = Optional.of(Reach.unreachable("nothing names it"));

    private static Finding finding(String rule, Severity severity, Priority priority) {
        return new Finding(
                rule,
                List.of(),
                "",
                severity,
                Location.of("pkg:maven/g/a@1"),
                "",
                "",
                List.of(),
                List.of(),
                Set.of(),
                List.of(),
                rule,
                priority);
    }

    private static ScanResult result(Finding... findings) {
        return new ScanResult(
                "app",
                java.util.Arrays.stream(findings).map(Judged::open).toList(),
                List.of(),
                Coverage.NONE,
                Decision.PASS,
                List.of(),
                0,
                SourceLines.NONE,
                RuleTexts.NONE,
                "");
    }

    @Test
    void severityThenAttackersThenReachThenLikelihoodDecide() {
        var low = finding("low", Severity.LOW, new Priority(true, Optional.of(0.9), REACHABLE));
        var unreachable = finding("unreachable", Severity.HIGH, new Priority(false, Optional.of(0.4), UNREACHABLE));
        var likely = finding("likely", Severity.HIGH, new Priority(false, Optional.of(0.3), UNKNOWN));
        var reachable = finding("reachable", Severity.HIGH, new Priority(false, Optional.of(0.1), REACHABLE));
        var exploited = finding("exploited", Severity.HIGH, new Priority(true, Optional.empty(), UNREACHABLE));

        assertThat(result(low, unreachable, reachable, likely, exploited).findings())
                .extracting(each -> each.finding().rule())
                .containsExactly("exploited", "likely", "reachable", "unreachable", "low");
    }

    @Test
    void whatIsUnknownComesNoLaterThanWhatIsReachable() {
        var unknown = new Priority(false, Optional.of(0.1), UNKNOWN);

        assertThat(unknown).isEqualByComparingTo(new Priority(false, Optional.of(0.1), REACHABLE));
        assertThat(unknown).isEqualByComparingTo(new Priority(false, Optional.of(0.1), Optional.empty()));
        assertThat(unknown).isLessThan(new Priority(false, Optional.of(0.1), UNREACHABLE));
    }

    @Test
    void jsonAndSarifSayIt() throws IOException {
        var result = result(finding("A-1", Severity.HIGH, new Priority(true, Optional.of(0.25), REACHABLE)));
        var json = new StringWriter();
        var sarif = new StringWriter();

        new JsonReport(json).write(result);
        new SarifReport(sarif, result).write();

        assertThat(json.toString())
                .contains("\"exploited\": true")
                .contains("\"epss\": 0.25")
                .contains("\"reach\": {\"answer\": \"reachable\", \"path\": [\"app.Main\", \"org.lib.Parser\"]}");
        assertThat(sarif.toString())
                .contains("\"epss\": 0.25, \"reach\": {\"answer\": \"reachable\", \"path\": [\"app.Main\"");
    }

    @Test
    void whereNothingIsKnownNothingIsSaid() throws IOException {
        var json = new StringWriter();

        new JsonReport(json).write(result(finding("A-1", Severity.HIGH, Priority.USUAL)));

        assertThat(json.toString()).doesNotContain("exploited", "epss", "reach");
    }
}
