package dev.stepzero.govern.gate;

import static dev.stepzero.govern.gate.Findings.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.core.Verdict;
import dev.stepzero.core.Verdict.Decision;
import dev.stepzero.core.Waiver;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    private final Gate gate = new Gate(GatePolicy.DEFAULT, clock("2026-11-21T23:59:59Z"));

    @Test
    void whereNothingWasFoundItPassesWithoutRemark() {
        var verdict = gate.judge(List.of(), List.of());

        assertThat(verdict).isEqualTo(new Verdict(Decision.PASS, List.of(), List.of(), List.of()));
    }

    @Test
    void aHighFindingBlocksAMediumOneWarnsAndALowOneIsOnlyListed() {
        var high = finding("root", Severity.HIGH, "image:");
        var medium = finding("shell", Severity.MEDIUM, "image:/bin/sh");
        var low = finding("label", Severity.LOW, "image:");

        assertThat(gate.judge(List.of(high), List.of()).decision()).isEqualTo(Decision.BLOCK);
        assertThat(gate.judge(List.of(medium), List.of()).decision()).isEqualTo(Decision.WARN);
        assertThat(gate.judge(List.of(low), List.of()))
                .isEqualTo(new Verdict(Decision.PASS, List.of(), List.of(low), List.of()));
    }

    @Test
    void reasonsNameCountSeverityAndRulesTheWeightiestFirst() {
        var findings = List.of(
                finding("shell", Severity.MEDIUM, "image:/bin/sh"),
                finding("setuid", Severity.HIGH, "image:/bin/su"),
                finding("key", Severity.CRITICAL, "image:/key"),
                finding("setuid", Severity.HIGH, "image:/bin/mount"),
                finding("root", Severity.HIGH, "image:"));

        var verdict = gate.judge(findings, List.of());

        assertThat(verdict.reasons())
                .containsExactly(
                        "1 critical finding blocks: key",
                        "3 high findings block: root, setuid",
                        "1 medium finding warns: shell");
        assertThat(verdict.open())
                .extracting(found -> found.location().resource())
                .containsExactly("image:/key", "image:", "image:/bin/mount", "image:/bin/su", "image:/bin/sh");
    }

    @Test
    void theThresholdsAreThePolicys() {
        var strict = new Gate(GatePolicy.of(Severity.LOW, Severity.LOW), clock("2026-11-21T12:00:00Z"));
        var lax = new Gate(GatePolicy.of(Severity.CRITICAL, Severity.CRITICAL), clock("2026-11-21T12:00:00Z"));
        var low = List.of(finding("label", Severity.LOW, "image:"));
        var high = List.of(finding("root", Severity.HIGH, "image:"));

        assertThat(strict.judge(low, List.of()).decision()).isEqualTo(Decision.BLOCK);
        assertThat(lax.judge(high, List.of()).decision()).isEqualTo(Decision.PASS);
    }

    @Test
    void whatTheBaselineKnowsWarnsButOnlyWhatIsNewBlocks() {
        var old = finding("root", Severity.CRITICAL, "image:");
        var fresh = finding("setuid", Severity.HIGH, "image:/bin/su");
        var policy = GatePolicy.DEFAULT.withBaseline(Set.of(old.fingerprint()));
        var grown = new Gate(policy, clock("2026-11-21T12:00:00Z"));

        var before = grown.judge(List.of(old), List.of());
        var after = grown.judge(List.of(old, fresh), List.of());

        assertThat(before.decision()).isEqualTo(Decision.WARN);
        assertThat(before.reasons()).containsExactly("1 critical finding that the baseline knows warns: root");
        assertThat(after.decision()).isEqualTo(Decision.BLOCK);
        assertThat(after.reasons()).startsWith("1 high finding blocks: setuid");
    }

    @Test
    void aWaiverCoversItsRuleOnTheResourcesOfItsPattern() {
        var su = finding("setuid", Severity.HIGH, "image:/usr/bin/su");
        var other = finding("setuid", Severity.HIGH, "image:/opt/tool");

        var verdict = gate.judge(List.of(su, other), List.of(waiver("setuid", "image:/usr/*", TODAY)));

        assertThat(verdict.waived()).containsExactly(su);
        assertThat(verdict.open()).containsExactly(other);
        assertThat(verdict.decision()).isEqualTo(Decision.BLOCK);
    }

    @Test
    void aWaiverMayNameTheRuleAsAnotherToolDoes() {
        var root = finding("root", Severity.HIGH, "image:");

        var verdict = gate.judge(List.of(root), List.of(waiver("ALIAS-root", "*", TODAY)));

        assertThat(verdict).isEqualTo(new Verdict(Decision.PASS, List.of(), List.of(), List.of(root)));
    }

    @Test
    void aWaiverHoldsThroughItsLastDayAndThenBlocks() {
        var low = List.of(finding("label", Severity.LOW, "image:"));
        var waivers = List.of(waiver("label", "*", TODAY));
        var nextDay = new Gate(GatePolicy.DEFAULT, clock("2026-11-22T00:00:00Z"));

        var held = gate.judge(low, waivers);
        var ended = nextDay.judge(low, waivers);

        assertThat(held.decision()).isEqualTo(Decision.PASS);
        assertThat(ended.decision()).isEqualTo(Decision.BLOCK);
        assertThat(ended.reasons()).containsExactly("waiver of label by ann ended on 2026-11-21");
        assertThat(ended.open()).isEqualTo(low);
    }

    @Test
    void anEndedWaiverThatWasRenewedIsOnlyRemarkedUpon() {
        var root = List.of(finding("root", Severity.HIGH, "image:"));
        var waivers = List.of(waiver("root", "*", TODAY.minusDays(1)), waiver("root", "image:*", TODAY.plusDays(30)));

        var verdict = gate.judge(root, waivers);

        assertThat(verdict.decision()).isEqualTo(Decision.PASS);
        assertThat(verdict.reasons())
                .containsExactly("waiver of root by ann ended on 2026-11-20 and nothing needs it: remove it");
    }

    @Test
    void aWaiverThatMatchesNothingIsOnlyRemarkedUpon() {
        var waivers = List.of(waiver("root", "image:/x", TODAY), waiver("key", "*", TODAY.minusDays(1)));

        var verdict = gate.judge(List.of(), waivers);

        assertThat(verdict.decision()).isEqualTo(Decision.PASS);
        assertThat(verdict.reasons())
                .containsExactly(
                        "waiver of root on image:/x by ann matches no finding: remove it",
                        "waiver of key by ann ended on 2026-11-20 and nothing needs it: remove it");
    }

    @Test
    void aWaiverWithoutOwnerOrReasonIsRefused() {
        assertThatThrownBy(() -> new Waiver("root", "*", " ", "because", TODAY))
                .isInstanceOf(UserError.class)
                .hasMessage("a waiver has no owner");
        assertThatThrownBy(() -> new Waiver("root", "*", "ann", "", TODAY))
                .isInstanceOf(UserError.class)
                .hasMessage("a waiver has no reason");
    }

    private static Waiver waiver(String rule, String resource, LocalDate until) {
        return new Waiver(rule, resource, "ann", "known and contained", until);
    }

    private static Clock clock(String instant) {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }
}
