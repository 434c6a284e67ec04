package dev.stepzero.govern.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Verdict.Decision;
import dev.stepzero.core.Waiver;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GatePropertiesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final Clock CLOCK = Clock.fixed(TODAY.atStartOfDay().toInstant(ZoneOffset.UTC), ZoneOffset.UTC);

    @Property
    void addingAFindingNeverMakesAVerdictBetter(
            @ForAll("gates") Gate gate,
            @ForAll("findings") List<Finding> findings,
            @ForAll("finding") Finding another,
            @ForAll("waivers") List<Waiver> waivers) {
        var before = gate.judge(findings, waivers);
        var after = gate.judge(plus(findings, another), waivers);

        assertThat(after.decision()).isGreaterThanOrEqualTo(before.decision());
    }

    @Property
    void addingAWaiverNeverMakesAVerdictWorseUnlessItHasEnded(
            @ForAll("gates") Gate gate,
            @ForAll("findings") List<Finding> findings,
            @ForAll("waivers") List<Waiver> waivers,
            @ForAll("waiver") Waiver another) {
        var before = gate.judge(findings, waivers);
        var after = gate.judge(findings, plus(waivers, another));

        if (another.until().isBefore(TODAY)) {
            assertThat(after.decision()).isGreaterThanOrEqualTo(before.decision());
        } else {
            assertThat(after.decision()).isLessThanOrEqualTo(before.decision());
        }
    }

    @Property
    void everyFindingIsEitherOpenOrWaivedAndWhateverDoesNotPassSaysWhy(
            @ForAll("gates") Gate gate,
            @ForAll("findings") List<Finding> findings,
            @ForAll("waivers") List<Waiver> waivers) {
        var verdict = gate.judge(findings, waivers);

        assertThat(plus(verdict.open(), verdict.waived())).containsExactlyInAnyOrderElementsOf(findings);
        if (verdict.decision() != Decision.PASS) {
            assertThat(verdict.reasons()).isNotEmpty();
        }
    }

    @Provide
    static Arbitrary<Gate> gates() {
        var severities = Arbitraries.of(Severity.class);
        var known = finding().map(Finding::fingerprint).set().ofMaxSize(3);
        return Combinators.combine(severities, severities, known)
                .as((fail, warn, baseline) -> new Gate(new GatePolicy(fail, warn, Set.copyOf(baseline)), CLOCK));
    }

    @Provide
    static Arbitrary<Finding> finding() {
        return Combinators.combine(rules(), Arbitraries.of(Severity.class), resources("ab"))
                .as(Findings::finding);
    }

    @Provide
    static Arbitrary<List<Finding>> findings() {
        return finding().list().ofMaxSize(6);
    }

    @Provide
    static Arbitrary<Waiver> waiver() {
        var days = Arbitraries.integers().between(-2, 2).map(TODAY::plusDays);
        return Combinators.combine(rules(), resources("ab*?"), days)
                .as((rule, resource, until) -> new Waiver(rule, resource, "ann", "known", until));
    }

    @Provide
    static Arbitrary<List<Waiver>> waivers() {
        return waiver().list().ofMaxSize(4);
    }

    private static Arbitrary<String> rules() {
        return Arbitraries.of("root", "shell", "ALIAS-root");
    }

    private static Arbitrary<String> resources(String characters) {
        return Arbitraries.strings()
                .withChars(characters.toCharArray())
                .ofMinLength(1)
                .ofMaxLength(3);
    }

    private static <T> List<T> plus(List<T> list, T one) {
        return plus(list, List.of(one));
    }

    private static <T> List<T> plus(List<T> list, List<T> more) {
        var sum = new ArrayList<>(list);
        sum.addAll(more);
        return sum;
    }
}
