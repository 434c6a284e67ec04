package dev.stepzero.ship.forge.inbox;

import dev.stepzero.core.Digest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code webhook_delivery}. A delivery is answered as soon as it is stored; whoever works on it {@link Claims
 * takes} it for a while, and if that worker dies another one takes it when the while is over. Each is stored once, by the
 * forge's id and by the digest of what it says, so that nobody gains from sending an old one again.
 */
public final class Deliveries {
    private static final int LARGEST_PAGE = 200;
    private static final Duration SHORTEST_KEEPING = Duration.ofDays(7);

    private final Jdbi jdbi;
    private final Clock clock;

    public Deliveries(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Stores a delivery, if it is none that was here before. */
    public Stored store(Incoming incoming) {
        return store(List.of(incoming)).getFirst();
    }

    /** Stores several with one commit, and answers for each in their order. */
    public List<Stored> store(List<Incoming> several) {
        return store(several, clock.instant());
    }

    /**
     * Stores what is about to happen, to be looked at from some time on, or when it is {@link #hasten hastened}: so that
     * nothing is lost where we are killed before it can be said that it happened.
     */
    public Stored announce(Incoming incoming, Instant from) {
        return store(List.of(incoming), from).getFirst();
    }

    /** Lets an announced delivery be worked on now. */
    public void hasten(long id) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update webhook_delivery set due_at = :now where id = :id and state = 'waiting' and due_at > :now")
                .bind("now", clock.instant())
                .bind("id", id)
                .execute());
    }

    private List<Stored> store(List<Incoming> several, Instant due) {
        var digests = several.stream()
                .map(incoming ->
                        HexFormat.of().parseHex(Digest.of(incoming.json()).hex()))
                .toList();
        var now = clock.instant();
        var fresh = jdbi.withHandle(handle -> handle.createQuery("""
                        insert into webhook_delivery
                            (project, forge, event, delivery, body_digest, body, source, received_at, state, due_at)
                        select project, forge, event, delivery, digest, body, source, cast(:now as timestamptz), 'waiting', cast(:due as timestamptz)
                        from unnest(:projects, :forges, :events, :deliveries, :digests, :bodies, :sources)
                            as sent (project, forge, event, delivery, digest, body, source)
                        on conflict do nothing returning id, project, body_digest""")
                .bind("now", now)
                .bind("due", due)
                .bindArray("projects", String.class, texts(several, Incoming::project))
                .bindArray(
                        "forges",
                        String.class,
                        texts(several, incoming -> incoming.forge().label()))
                .bindArray("events", String.class, texts(several, Incoming::event))
                .bindArray(
                        "deliveries",
                        String.class,
                        texts(several, incoming -> incoming.delivery().orElse(null)))
                .bind("digests", binaries(digests))
                .bind(
                        "bodies",
                        binaries(several.stream()
                                .map(incoming -> Deflated.of(incoming.json()))
                                .toList()))
                .bindArray("sources", String.class, texts(several, incoming -> plain(incoming.source())))
                .reduceRows(new HashMap<Kind, Long>(), (ids, row) -> {
                    var kind =
                            Kind.of(row.getColumn("project", String.class), row.getColumn("body_digest", byte[].class));
                    ids.put(kind, row.getColumn("id", Long.class));
                    return ids;
                }));
        var answers = new ArrayList<Stored>();
        for (var i = 0; i < several.size(); i++) {
            var incoming = several.get(i);
            // The first of its kind is new, and another one in the same batch repeats it.
            var id = fresh.remove(Kind.of(incoming.project(), digests.get(i)));
            answers.add(id == null ? repeated(incoming, digests.get(i)) : new Stored.New(id));
        }
        return answers;
    }

    /** What makes a delivery one of a kind. */
    private record Kind(String project, String digest) {
        static Kind of(String project, byte[] digest) {
            return new Kind(project, HexFormat.of().formatHex(digest));
        }
    }

    private static Argument binaries(List<byte[]> values) {
        return (position, statement, context) -> statement.setArray(
                position, statement.getConnection().createArrayOf("bytea", values.toArray(byte[][]::new)));
    }

    private static Object[] texts(List<Incoming> several, Function<Incoming, @Nullable String> text) {
        return several.stream().map(text).toArray();
    }

    private Stored repeated(Incoming incoming, byte[] digest) {
        record Known(long id, boolean sameBody, String state, Optional<String> result, Optional<Long> run) {}
        var known = jdbi.withHandle(handle -> handle.createQuery("""
                        select d.id, d.body_digest = :digest as same_body, d.state, d.result, r.run_id
                        from webhook_delivery d left join run_request r on r.id = d.request_id
                        where d.project = :project and (d.delivery = :delivery or d.body_digest = :digest)
                        order by d.body_digest = :digest desc limit 1""")
                .bind("project", incoming.project())
                .bind("delivery", incoming.delivery().orElse(null))
                .bind("digest", digest)
                .map((row, context) -> new Known(
                        row.getLong("id"),
                        row.getBoolean("same_body"),
                        row.getString("state"),
                        Optional.ofNullable(row.getString("result")),
                        Optional.ofNullable(row.getObject("run_id", Long.class))))
                .findOne());
        if (known.isEmpty()) {
            // Swept away between the two statements: then it is no repeat any more.
            return store(incoming);
        }
        var found = known.get();
        if (!found.sameBody()) {
            return new Stored.Conflict(found.id());
        }
        return found.state().equals("parked") && revive(found.id())
                ? new Stored.Again(found.id())
                : new Stored.Repeat(found.id(), found.run(), found.result());
    }

    private boolean revive(long id) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                update webhook_delivery set state = 'waiting', attempts = 0, due_at = :now, ended_at = null
                                where id = :id and state = 'parked'""")
                        .bind("now", clock.instant())
                        .bind("id", id)
                        .execute())
                == 1;
    }

    /**
     * A page of what came for a project, the newest first.
     *
     * @param before the number before which it begins; empty for the first one
     * @param most how many, at most 200
     */
    public List<Delivered> page(String project, Optional<Long> before, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select d.*, r.run_id from webhook_delivery d left join run_request r on r.id = d.request_id
                        where d.project = :project and d.id < :before order by d.id desc limit :most""")
                .bind("project", project)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("most", Math.clamp(most, 1, LARGEST_PAGE))
                .map((row, context) -> new Delivered(
                        row.getLong("id"),
                        row.getString("event"),
                        Optional.ofNullable(row.getString("delivery")),
                        row.getString("source"),
                        row.getTimestamp("received_at").toInstant(),
                        Delivered.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                        row.getInt("attempts"),
                        Optional.ofNullable(row.getString("result")),
                        Optional.ofNullable(row.getObject("run_id", Long.class))))
                .list());
    }

    /** Has a delivery that is over worked on once more; false if it is not there, or not over. */
    public boolean again(String project, long id) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                update webhook_delivery set state = 'waiting', attempts = 0, due_at = :now, ended_at = null
                                where id = :id and project = :project and state in ('handled', 'parked')""")
                        .bind("now", clock.instant())
                        .bind("id", id)
                        .bind("project", project)
                        .execute())
                == 1;
    }

    /**
     * Forgets what is over and older.
     *
     * @param keep seven days at least: until then a repeat is known as one
     * @return how many deliveries were forgotten
     */
    public int sweep(Duration keep) {
        var kept = keep.compareTo(SHORTEST_KEEPING) < 0 ? SHORTEST_KEEPING : keep;
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        delete from webhook_delivery where received_at < :before and state in ('handled', 'parked')""")
                .bind("before", clock.instant().minus(kept))
                .execute());
    }

    private static String plain(String text) {
        var cut = text.substring(0, Math.min(text.length(), 1000));
        return cut.replace('\0', '\uFFFD');
    }
}
