package dev.stepzero.ship.waivers;

import dev.stepzero.core.UserError;
import dev.stepzero.core.Waiver;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import dev.stepzero.ship.findings.KnownFinding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The table {@code waiver}: who asks for one does not grant it, and each decision stands in the ledger. */
public final class WaiverBook {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int LONGEST_TEXT = 2_000;
    private static final int LARGEST_PAGE = 200;

    private final Jdbi jdbi;
    private final Ledger ledger;
    private final Clock clock;

    public WaiverBook(Jdbi jdbi, Ledger ledger, Clock clock) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Asks for a waiver of a finding.
     *
     * @param lastDay today at the earliest, in a year at the latest
     * @throws UserError if no reason is said, the day is out of bounds, or somebody asked already
     */
    public AskedWaiver ask(KnownFinding finding, String reason, LocalDate lastDay, Actor who) {
        var said = checked(reason, "a reason");
        var today = today();
        if (lastDay.isBefore(today) || lastDay.isAfter(today.plusDays(LONGEST.toDays()))) {
            throw UserError.usage("a waiver holds from today on, for a year at the longest")
                    .fix("choose a last day until " + today.plusDays(LONGEST.toDays()));
        }
        return jdbi.inTransaction(handle -> {
            var asked = handle.createQuery("""
                            insert into waiver (project, finding_id, rule, resource, reason, last_day, status,
                                                asked_by, asked_at)
                            values (:project, :finding, :rule, :resource, :reason, :lastDay, 'asked', :who, :now)
                            on conflict (finding_id) where status = 'asked' do nothing returning *""")
                    .bind("project", finding.project())
                    .bind("finding", finding.id())
                    .bind("rule", finding.rule())
                    .bind("resource", finding.location().resource())
                    .bind("reason", said)
                    .bind("lastDay", lastDay)
                    .bind("who", who.principal())
                    .bind("now", clock.instant())
                    .map((row, context) -> waiver(row))
                    .findOne()
                    .orElseThrow(() -> UserError.usage("somebody asked for a waiver of this finding already")
                            .fix("see what waits under Waivers"));
            write(handle, who, "waiver.ask", asked, Outcome.SUCCEEDED, said);
            return asked;
        });
    }

    /**
     * Grants or refuses what was asked for.
     *
     * @param note what is said to it; a refusal needs one
     * @throws UserError if it waits no more, or {@code who} asked for it
     */
    public AskedWaiver decide(long id, boolean granted, String note, Actor who) {
        var said = granted ? bounded(note) : checked(note, "why it is refused");
        return jdbi.inTransaction(handle -> {
            var asked = waiting(handle, id);
            if (person(asked.askedBy()).equals(person(who.principal()))) {
                throw UserError.blocked("who asks for a waiver does not decide on it")
                        .fix("let somebody else decide");
            }
            var state = granted ? AskedWaiver.State.GRANTED : AskedWaiver.State.REFUSED;
            var decided = end(handle, id, state, said, who);
            write(handle, who, "waiver.decide", decided, granted ? Outcome.ALLOWED : Outcome.DENIED, said);
            return decided;
        });
    }

    /** A token is named {@code ada/laptop}, and does nothing that its owner may not. */
    private static String person(String principal) {
        return principal.split("/", 2)[0];
    }

    private static AskedWaiver waiting(Handle handle, long id) {
        return handle.createQuery("select * from waiver where id = :id and status = 'asked' for update")
                .bind("id", id)
                .map((row, context) -> waiver(row))
                .findOne()
                .orElseThrow(() -> UserError.blocked("this waiver waits for no decision any more")
                        .fix("see what became of it under Waivers"));
    }

    private AskedWaiver end(Handle handle, long id, AskedWaiver.State state, String note, Actor who) {
        return handle.createQuery("""
                        update waiver set status = :status, decided_by = :who, decided_at = :now, note = :note
                        where id = :id returning *""")
                .bind("status", state.label())
                .bind("who", who.principal())
                .bind("now", clock.instant())
                .bind("note", note)
                .bind("id", id)
                .map((row, context) -> waiver(row))
                .one();
    }

    private void write(Handle handle, Actor who, String action, AskedWaiver waiver, Outcome outcome, String reason) {
        var thing = new Thing("waiver", Long.toString(waiver.id()), waiver.project(), "");
        var details = Details.of(Map.of(
                "rule", waiver.rule(),
                "resource", waiver.resource(),
                "until", waiver.lastDay().toString()));
        ledger.append(handle, new Entry(who, action, thing, clock.instant(), outcome, reason, details));
    }

    /** What of a project is granted and holds today, as the gate takes it. */
    public List<Waiver> granted(String project) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from waiver where project = :project and status = 'granted' and last_day >= :today
                        order by id""")
                .bind("project", project)
                .bind("today", today())
                .map((row, context) -> waiver(row).waiver())
                .list());
    }

    public Optional<AskedWaiver> find(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from waiver where id = :id")
                .bind("id", id)
                .map((row, context) -> waiver(row))
                .findOne());
    }

    /** The waivers that were asked for a finding, the newest first. */
    public List<AskedWaiver> of(long finding) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from waiver where finding_id = :finding order by id desc limit 20""")
                .bind("finding", finding)
                .map((row, context) -> waiver(row))
                .list());
    }

    /**
     * A page of the waivers, the newest first.
     *
     * @param before the id before which the page begins; empty for the first one
     * @param most how many, at most 200
     */
    public List<AskedWaiver> page(
            Optional<String> project, Optional<AskedWaiver.State> state, Optional<Long> before, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from waiver
                        where (cast(:project as text) is null or project = :project)
                          and (cast(:status as text) is null or status = :status)
                          and id < :before
                        order by id desc limit :most""")
                .bind("project", project)
                .bind("status", state.map(AskedWaiver.State::label))
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("most", Math.clamp(most, 1, LARGEST_PAGE))
                .map((row, context) -> waiver(row))
                .list());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static String checked(String text, String what) {
        if (text.isBlank()) {
            throw UserError.usage("%s is missing".formatted(what)).fix("say it in a sentence");
        }
        return bounded(text);
    }

    private static String bounded(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw UserError.usage("the text is longer than %,d characters".formatted(LONGEST_TEXT))
                    .fix("say it shorter");
        }
        return text.strip().replace('\0', '\uFFFD');
    }

    private static AskedWaiver waiver(ResultSet row) throws SQLException {
        var decided = row.getTimestamp("decided_at");
        return new AskedWaiver(
                row.getLong("id"),
                row.getString("project"),
                row.getLong("finding_id"),
                row.getString("rule"),
                row.getString("resource"),
                row.getString("reason"),
                row.getObject("last_day", LocalDate.class),
                AskedWaiver.State.parse(row.getString("status")),
                row.getString("asked_by"),
                row.getTimestamp("asked_at").toInstant(),
                row.getString("decided_by"),
                decided == null ? null : decided.toInstant(),
                row.getString("note"));
    }
}
