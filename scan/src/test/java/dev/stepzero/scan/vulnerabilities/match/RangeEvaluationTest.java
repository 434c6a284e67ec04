package dev.stepzero.scan.vulnerabilities.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.vulnerabilities.match.Evaluation.Answer;
import dev.stepzero.scan.vulnerabilities.osv.Affected;
import dev.stepzero.scan.vulnerabilities.osv.Affected.Event;
import dev.stepzero.scan.vulnerabilities.osv.Affected.Event.Kind;
import dev.stepzero.scan.vulnerabilities.osv.Affected.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Which versions OSV's ranges hold. */
class RangeEvaluationTest {
    private static final Event BEGIN = introduced("0");

    private final Evaluation python = new Evaluation(Schemes.known(), "PyPI");

    private static Event introduced(String version) {
        return new Event(Kind.INTRODUCED, version);
    }

    private static Event fixed(String version) {
        return new Event(Kind.FIXED, version);
    }

    private static Event last(String version) {
        return new Event(Kind.LAST_AFFECTED, version);
    }

    private static Affected ranges(Event... events) {
        return new Affected("PyPI", "a", List.of(), List.of(), List.of(new Range(false, Arrays.asList(events))));
    }

    @Test
    void aVersionIsAffectedFromWhereItWasIntroducedUntilItWasFixed() {
        var affected = ranges(introduced("1.0"), fixed("1.2"));

        assertThat(python.answer(affected, "0.9")).isEqualTo(Answer.UNAFFECTED);
        assertThat(python.answer(affected, "1.0")).isEqualTo(Answer.AFFECTED);
        assertThat(python.answer(affected, "1.1.9")).isEqualTo(Answer.AFFECTED);
        assertThat(python.answer(affected, "1.2")).isEqualTo(Answer.UNAFFECTED);
    }

    @Test
    void severalPairsInOneRangeLeaveGapsAndEndAfterTheLast() {
        var affected = ranges(introduced("1.11"), fixed("1.11.18"), introduced("2.0"), fixed("2.0.10"));

        assertThat(python.answer(affected, "1.11.17")).isEqualTo(Answer.AFFECTED);
        assertThat(python.answer(affected, "1.11.18")).isEqualTo(Answer.UNAFFECTED);
        assertThat(python.answer(affected, "2.0.9")).isEqualTo(Answer.AFFECTED);
        assertThat(python.answer(affected, "2.0.10")).isEqualTo(Answer.UNAFFECTED);
        assertThat(python.answer(affected, "6.0.4")).isEqualTo(Answer.UNAFFECTED);
    }

    @Test
    void theLastAffectedVersionIsAffectedItself() {
        var affected = ranges(last("2.0"), BEGIN);

        assertThat(python.answer(affected, "2.0")).isEqualTo(Answer.AFFECTED);
        assertThat(python.answer(affected, "2.0.1")).isEqualTo(Answer.UNAFFECTED);
    }

    @Test
    void aRangeOfOneVersionEndsBehindIt() {
        var affected = ranges(last("2.0"), introduced("2.0"));

        assertThat(python.answer(affected, "2.0")).isEqualTo(Answer.AFFECTED);
        assertThat(python.answer(affected, "2.1")).isEqualTo(Answer.UNAFFECTED);
    }

    @Test
    void theBeginningComesBeforeEvenPreReleases() {
        assertThat(python.answer(ranges(BEGIN, fixed("1.0")), "0a1.dev1")).isEqualTo(Answer.AFFECTED);
    }

    @Test
    void beyondALimitNothingIsSaid() {
        var affected = ranges(BEGIN, new Event(Kind.LIMIT, "3.0"));

        assertThat(python.answer(affected, "2.9")).isEqualTo(Answer.AFFECTED);
        assertThat(python.answer(affected, "3.0")).isEqualTo(Answer.UNAFFECTED);
        assertThat(python.answer(ranges(BEGIN, new Event(Kind.LIMIT, "*")), "99"))
                .isEqualTo(Answer.AFFECTED);
    }

    @Test
    void aListedVersionIsAffectedWhateverTheRangesSay() {
        var affected = new Affected(
                "PyPI", "a", List.of(), List.of("5.0"), List.of(new Range(false, List.of(BEGIN, fixed("1.0")))));

        assertThat(python.answer(affected, "5.0")).isEqualTo(Answer.AFFECTED);
        assertThat(python.answer(affected, "4.0")).isEqualTo(Answer.UNAFFECTED);
    }

    @Test
    void aListWithoutRangesKnowsOtherSpellings() {
        var affected = new Affected("PyPI", "a", List.of(), List.of("1.0"), List.of());

        assertThat(python.answer(affected, "1.0.0")).isEqualTo(Answer.AFFECTED);
        assertThat(python.answer(affected, "1.0.1")).isEqualTo(Answer.UNAFFECTED);
    }

    @Test
    void whatCannotBeComparedIsUndecidedAndNotSafe() {
        var unknown = new Evaluation(name -> java.util.Optional.empty(), "Nowhere");

        assertThat(unknown.answer(ranges(BEGIN, fixed("1.0")), "0.5")).isEqualTo(Answer.UNDECIDED);
        assertThat(new Evaluation(Schemes.known(), "Go").answer(ranges(BEGIN, fixed("no version")), "0.5"))
                .isEqualTo(Answer.UNDECIDED);
    }

    @Test
    void fixesAboveAVersionComeInTheirOrder() {
        var affected = List.of(ranges(fixed("1.10"), BEGIN), ranges(introduced("1"), fixed("1.9"), fixed("0.1")));

        assertThat(python.fixesAbove(affected, "1.2")).containsExactly("1.9", "1.10");
    }

    /** Pairs that do not overlap, in any order of events, hold what a plain look at each interval says. */
    @Property(tries = 2_000)
    void pairsInAnyOrderHoldWhatTheirIntervalsHold(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 60) Integer> borders,
            @ForAll @IntRange(min = 0, max = 62) int version,
            @ForAll boolean lastAffected,
            @ForAll Random random) {
        var distinct = new ArrayList<>(new TreeSet<>(borders));
        var events = new ArrayList<Event>();
        boolean expected = false;
        for (int i = 0; i < distinct.size(); i += 2) {
            int from = distinct.get(i);
            events.add(introduced("1." + from));
            if (i + 1 == distinct.size()) {
                expected |= version >= from;
            } else {
                int to = distinct.get(i + 1);
                events.add(lastAffected ? last("1." + to) : fixed("1." + to));
                expected |= version >= from && (lastAffected ? version <= to : version < to);
            }
        }
        Collections.shuffle(events, random);

        var answer = python.answer(ranges(events.toArray(Event[]::new)), "1." + version);

        assertThat(answer).isEqualTo(expected ? Answer.AFFECTED : Answer.UNAFFECTED);
    }
}
