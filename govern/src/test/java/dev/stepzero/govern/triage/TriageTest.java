package dev.stepzero.govern.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Undecided;
import dev.stepzero.core.Verdict.Decision;
import dev.stepzero.core.Waiver;
import dev.stepzero.govern.baseline.Baseline;
import dev.stepzero.govern.gate.WrittenWaiver;
import dev.stepzero.govern.report.Judged;
import dev.stepzero.govern.report.Status;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TriageTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final Clock CLOCK = Clock.fixed(TODAY.atTime(12, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);

    private static Finding finding(String rule, Severity severity, String resource) {
        return new Finding(
                rule,
                List.of("ALIAS_" + rule),
                "title",
                severity,
                new Location(resource, "main.tf", 1, 1),
                "message",
                "fix",
                List.of(),
                List.of(),
                Set.of(),
                List.of(),
                Finding.fingerprint(rule, resource, ""));
    }

    private static WrittenWaiver waiver(String rule, String resource, LocalDate until) {
        return new WrittenWaiver(new Waiver(rule, resource, "ana", "moves soon", until), "stepzero-waivers.yaml", 2);
    }

    private static Triage triage(Terms terms, Finding... findings) {
        return Triage.of(ScanReport.of(List.of(findings)), terms, CLOCK);
    }

    private static Status status(Triage triage, String rule) {
        return triage.findings().stream()
                .filter(each -> each.finding().rule().equals(rule))
                .findFirst()
                .map(Judged::status)
                .orElseThrow();
    }

    @Test
    void anOpenFindingOfHighSeverityBlocks() {
        var triage = triage(Terms.usual(), finding("a", Severity.HIGH, "x"));

        assertThat(triage.decision()).isEqualTo(Decision.BLOCK);
        assertThat(triage.reasons()).containsExactly("1 high finding blocks: a");
    }

    @Test
    void aWaiverCoversByRuleAndAddressWithKeys() {
        var terms = Terms.usual().with(List.of(waiver("a", "module.*.x[\"k\"]", TODAY)));

        var triage = triage(terms, finding("a", Severity.HIGH, "module.net[0].x[\"k\"]"));

        assertThat(status(triage, "a")).isEqualTo(Status.WAIVED);
        assertThat(triage.decision()).isEqualTo(Decision.PASS);
    }

    @Test
    void aWaiverOfAnotherKeyCoversNothingAndIsReported() {
        var terms = Terms.usual().with(List.of(waiver("a", "x[\"k\"]", TODAY)));

        var triage = triage(terms, finding("a", Severity.HIGH, "x[\"l\"]"));

        assertThat(status(triage, "a")).isEqualTo(Status.OPEN);
        assertThat(status(triage, "stepzero-waiver-unused")).isEqualTo(Status.OPEN);
    }

    @Test
    void aWaiverCoversByGlobOfTheRulesNameInAnotherTool() {
        var terms = Terms.usual().with(List.of(waiver("ALIAS_*", "*", TODAY)));

        var triage = triage(terms, finding("a", Severity.HIGH, "x"), finding("b", Severity.HIGH, "y"));

        assertThat(triage.findings()).allMatch(each -> each.status() == Status.WAIVED);
    }

    @Test
    void aWaiverThatEndedYesterdayIsAFindingThatBlocksWhateverItsSeverity() {
        var terms = Terms.usual()
                .from(Severity.CRITICAL)
                .with(List.of(waiver("a", "*", TODAY.minusDays(1)), waiver("*", "*", TODAY.minusDays(9))));

        var triage = triage(terms, finding("a", Severity.CRITICAL, "x"));

        assertThat(status(triage, "a")).isEqualTo(Status.OPEN);
        assertThat(status(triage, "stepzero-waiver-expired")).isEqualTo(Status.OPEN);
        assertThat(triage.decision()).isEqualTo(Decision.BLOCK);
        assertThat(triage.reasons()).anyMatch(reason -> reason.contains("has ended"));
    }

    @Test
    void aWaiverThatEndedCannotBeWaivedNorBecomeKnown() {
        var terms = Terms.usual().with(List.of(waiver("b", "*", TODAY.minusDays(1)), waiver("stepzero-*", "*", TODAY)));

        var triage = triage(terms, finding("b", Severity.LOW, "x"));
        var expired = triage.findings().stream()
                .map(Judged::finding)
                .filter(each -> each.rule().equals("stepzero-waiver-expired"))
                .findFirst()
                .orElseThrow();

        assertThat(status(triage, "stepzero-waiver-expired")).isEqualTo(Status.OPEN);
        assertThat(Triage.mayBeKnown(expired)).isFalse();
    }

    @Test
    void aWaiverThatEndedAndIsNotNeededAnyMoreIsOnlyReported() {
        var terms = Terms.usual().with(List.of(waiver("a", "*", TODAY.minusDays(1))));

        var triage = triage(terms);

        assertThat(status(triage, "stepzero-waiver-unused")).isEqualTo(Status.OPEN);
        assertThat(triage.decision()).isEqualTo(Decision.PASS);
        assertThat(triage.findings().getFirst().finding().location())
                .isEqualTo(new Location("waiver of a on *", "stepzero-waivers.yaml", 2, 2));
    }

    @Test
    void aWaiverForWhatACommentAcceptsAlreadyIsOfUse() {
        var terms = Terms.usual().with(List.of(waiver("a", "*", TODAY)));
        var report = new ScanReport(List.of(), List.of(finding("a", Severity.HIGH, "x")), List.of(), Coverage.NONE);

        var triage = Triage.of(report, terms, CLOCK);

        assertThat(triage.findings()).singleElement().matches(each -> each.status() == Status.WAIVED);
    }

    @Test
    void whatTheBaselineKnowsDoesNotCount() {
        var old = finding("a", Severity.CRITICAL, "x");
        var terms = Terms.usual().with(Baseline.of(List.of(old)));

        var triage = triage(terms, old, finding("b", Severity.LOW, "x"));

        assertThat(status(triage, "a")).isEqualTo(Status.BASELINE);
        assertThat(status(triage, "b")).isEqualTo(Status.OPEN);
        assertThat(triage.decision()).isEqualTo(Decision.PASS);
    }

    @Test
    void whatIsTooMildIsLeftOutAndTheRestBlocks() {
        var triage = triage(
                Terms.usual().from(Severity.MEDIUM),
                finding("a", Severity.LOW, "x"),
                finding("b", Severity.MEDIUM, "x"));

        assertThat(triage.findings()).extracting(each -> each.finding().rule()).containsExactly("b");
        assertThat(triage.decision()).isEqualTo(Decision.BLOCK);
    }

    @Test
    void whatIsUndecidedBlocksOnlyWhereThatIsAskedFor() {
        var report = new ScanReport(
                List.of(),
                List.of(new Undecided("a", "title", Severity.HIGH, Location.of("x"), List.of("var.a"))),
                Coverage.NONE);

        assertThat(Triage.of(report, Terms.usual(), CLOCK).decision()).isEqualTo(Decision.PASS);
        assertThat(Triage.of(report, Terms.usual().failingUndecided(), CLOCK).decision())
                .isEqualTo(Decision.BLOCK);
    }
}
