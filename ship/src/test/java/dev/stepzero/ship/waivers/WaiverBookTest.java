package dev.stepzero.ship.waivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.findings.FindingState;
import dev.stepzero.ship.findings.KnownFinding;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class WaiverBookTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final Actor ADA = new Actor("ada", "", "");
    private static final Actor BEN = new Actor("ben", "", "");

    private final Jdbi jdbi;
    private final List<Entry> written = new ArrayList<>();
    private final WaiverBook book;
    private final String project = "waived" + System.nanoTime();

    WaiverBookTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.book = bookAt(NOW);
    }

    @Test
    void whatSomebodyElseGrantsHoldsUntilItsLastDay() {
        var asked = book.ask(finding(), "only reachable from inside", TODAY.plusDays(7), ADA);

        book.decide(asked.id(), true, "", BEN);

        assertThat(book.granted(project)).singleElement().satisfies(waiver -> {
            assertThat(waiver.rule()).isEqualTo("rule");
            assertThat(waiver.owner()).isEqualTo("ben");
            assertThat(waiver.until()).isEqualTo(TODAY.plusDays(7));
        });
        assertThat(bookAt(NOW.plusSeconds(8 * 86_400)).granted(project)).isEmpty();
        assertThat(written).extracting(Entry::action).containsExactly("waiver.ask", "waiver.decide");
    }

    @Test
    void whoAsksDoesNotDecide() {
        var asked = book.ask(finding(), "because", TODAY, ADA);

        assertThatThrownBy(() -> book.decide(asked.id(), true, "", ADA))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("does not decide");
        assertThatThrownBy(() -> book.decide(asked.id(), true, "", new Actor("ada/laptop", "", "")))
                .isInstanceOf(UserError.class);
        assertThat(book.granted(project)).isEmpty();
        assertThat(written).hasSize(1);
    }

    @Test
    void itIsAskedForOnceAndDecidedOnce() {
        var finding = finding();
        var asked = book.ask(finding, "because", TODAY, ADA);

        assertThatThrownBy(() -> book.ask(finding, "because", TODAY, BEN)).isInstanceOf(UserError.class);
        book.decide(asked.id(), false, "mend it", BEN);
        assertThatThrownBy(() -> book.decide(asked.id(), true, "", BEN)).isInstanceOf(UserError.class);

        assertThat(book.page(Optional.of(project), Optional.empty(), Optional.empty(), 10))
                .singleElement()
                .satisfies(each -> assertThat(each.state()).isEqualTo(AskedWaiver.State.REFUSED));
    }

    @Test
    void aReasonAndADayWithinAYearAreNeeded() {
        assertThatThrownBy(() -> book.ask(finding(), " ", TODAY, ADA)).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> book.ask(finding(), "why", TODAY.minusDays(1), ADA))
                .isInstanceOf(UserError.class);
        assertThatThrownBy(() -> book.ask(finding(), "why", TODAY.plusDays(366), ADA))
                .isInstanceOf(UserError.class);
    }

    private WaiverBook bookAt(Instant now) {
        return new WaiverBook(jdbi, new Written(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private KnownFinding finding() {
        return jdbi.withHandle(handle -> {
            var run = handle.createQuery("""
                            insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at, lane)
                            values (?, 'production', 'process', 'c', 'p', 'succeeded', now(), now(), 'production') returning id""").bind(0, project).mapTo(Long.class).one();
            var id = handle.createQuery("""
                            insert into finding (project, environment, scanner, fingerprint, rule, severity, title, message, fix,
                                resource, line, end_line, state, first_run, first_seen, last_run, last_seen)
                            values (?, 'production', 's', gen_random_uuid()::text, 'rule', 3, 't', 'm', 'f', 'r', 0, 0, 'open', ?, now(), ?, now())
                            returning id""")
                    .bind(0, project)
                    .bind(1, run)
                    .bind(2, run)
                    .mapTo(Long.class)
                    .one();
            return new KnownFinding(
                    id,
                    project,
                    "production",
                    "s",
                    "f",
                    "rule",
                    Severity.CRITICAL,
                    "t",
                    "m",
                    "f",
                    Location.of("r"),
                    FindingState.OPEN,
                    run,
                    NOW,
                    run,
                    NOW,
                    null,
                    null);
        });
    }

    private final class Written implements Ledger {
        @Override
        public long append(Entry entry) {
            written.add(entry);
            return written.size();
        }

        @Override
        public void append(Handle transaction, Entry entry) {
            written.add(entry);
        }
    }
}
