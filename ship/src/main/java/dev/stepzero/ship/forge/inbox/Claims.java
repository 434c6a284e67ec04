package dev.stepzero.ship.forge.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Who works on which delivery of the table {@code webhook_delivery}. Many are claimed with one statement and end with
 * one, and none of them waits for the disk: what a database that dies forgets of it has a delivery worked on once more,
 * which leads to the same.
 */
public final class Claims {
    private static final int LONGEST_RESULT = 1000;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Retries retries;

    public Claims(Jdbi jdbi, Clock clock, Retries retries) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.retries = retries;
    }

    /**
     * Takes deliveries that wait, those that wait longest first, for the time of a lease.
     *
     * @param busy takes none of these projects
     * @param projects takes of so many projects at most
     * @return those of a project in the order in which they came
     */
    public List<Claimed> take(Duration lease, Set<String> busy, int projects) {
        return light(handle -> {
            var due = due(handle, busy, projects * Choice.MOST_OF_ONE);
            var dead =
                    due.stream().filter(one -> one.attempts() >= retries.most()).toList();
            park(handle, dead);
            var chosen =
                    Choice.of(due.stream().filter(one -> !dead.contains(one)).toList(), projects);
            return claimed(handle, chosen, lease);
        });
    }

    /**
     * A delivery that may be taken.
     *
     * @param died whether a server had it and did not live to say what became of it
     * @param size what its body takes as it is stored
     */
    record Due(long id, String project, int attempts, boolean died, Instant at, long size) {}

    private List<Due> due(Handle handle, Set<String> busy, int most) {
        return handle.createQuery("""
                        select id, project, attempts, state = 'working' as died, due_at, octet_length(body) as size
                        from webhook_delivery
                        where state in ('waiting', 'working') and due_at <= :now and not project = any(:busy)
                        order by due_at, id limit :most for update skip locked""")
                .bind("now", clock.instant())
                .bindArray("busy", String.class, List.copyOf(busy))
                .bind("most", most)
                .map((row, context) -> new Due(
                        row.getLong("id"),
                        row.getString("project"),
                        row.getInt("attempts"),
                        row.getBoolean("died"),
                        row.getTimestamp("due_at").toInstant(),
                        row.getLong("size")))
                .list();
    }

    /** Whoever had these last did not live to say so. */
    private void park(Handle handle, List<Due> dead) {
        if (!dead.isEmpty()) {
            handle.createUpdate("""
                            update webhook_delivery set state = 'parked', ended_at = :now, result = :result
                            where id = any(:ids)""")
                    .bind("now", clock.instant())
                    .bind("result", "its workers died %d times".formatted(retries.most()))
                    .bindArray("ids", Long.class, dead.stream().map(Due::id).toList())
                    .execute();
        }
    }

    private List<Claimed> claimed(Handle handle, List<Due> chosen, Duration lease) {
        if (chosen.isEmpty()) {
            return List.of();
        }
        Map<Long, Due> known = chosen.stream().collect(Collectors.toMap(Due::id, Function.identity()));
        return handle
                .createQuery("""
                        update webhook_delivery set state = 'working', attempts = attempts + 1, due_at = :until
                        where id = any(:ids) returning id, attempts, project, forge, event, body""")
                .bind("until", clock.instant().plus(lease))
                .bindArray("ids", Long.class, List.copyOf(known.keySet()))
                .map((row, context) -> new Claimed(
                        row.getLong("id"),
                        row.getInt("attempts"),
                        row.getString("project"),
                        row.getString("forge"),
                        row.getString("event"),
                        row.getBytes("body"),
                        Objects.requireNonNull(known.get(row.getLong("id"))).at()))
                .stream()
                .sorted(Comparator.comparingLong(Claimed::id))
                .toList();
    }

    /** Lets those that are still ours be ours for another lease. */
    public void renew(Collection<Claimed> held, Duration lease) {
        light(handle -> handle.createUpdate("""
                        update webhook_delivery d set due_at = :until from unnest(:ids, :attempts) as held (id, attempt)
                        where d.id = held.id and d.attempts = held.attempt and d.state = 'working'""")
                .bind("until", clock.instant().plus(lease))
                .bindArray("ids", Long.class, held.stream().map(Claimed::id).toList())
                .bindArray(
                        "attempts",
                        Integer.class,
                        held.stream().map(Claimed::attempt).toList())
                .execute());
    }

    /** Records what became of deliveries; of one that another server took over meanwhile, nothing. */
    public void end(Collection<? extends Ended> several) {
        var now = clock.instant();
        var rows = several.stream().map(ended -> row(ended, now)).toList();
        light(handle -> handle.createUpdate("""
                        update webhook_delivery d set
                            state = e.state,
                            attempts = d.attempts - e.undone,
                            due_at = coalesce(cast(e.due as timestamptz), d.due_at),
                            ended_at = case when e.due is null then cast(:now as timestamptz) end,
                            result = coalesce(e.result, d.result),
                            request_id = case when e.due is null then e.request else d.request_id end
                        from unnest(:ids, :attempts, :states, :undone, :due, :results, :requests)
                            as e (id, attempt, state, undone, due, result, request)
                        where d.id = e.id and d.attempts = e.attempt and d.state = 'working'""")
                .bind("now", now)
                .bindArray("ids", Long.class, column(rows, row -> row.claimed().id()))
                .bindArray(
                        "attempts",
                        Integer.class,
                        column(rows, row -> row.claimed().attempt()))
                .bindArray("states", String.class, column(rows, Row::state))
                .bindArray("undone", Integer.class, column(rows, Row::undone))
                .bindArray(
                        "due",
                        String.class,
                        column(rows, row -> row.due() == null ? null : row.due().toString()))
                .bindArray("results", String.class, column(rows, Row::result))
                .bindArray("requests", Long.class, column(rows, Row::request))
                .execute());
    }

    /**
     * What an end writes.
     *
     * @param undone how many attempts do not count
     * @param due when it is taken again; null if it is over
     * @param result null if it says nothing
     */
    private record Row(
            Claimed claimed,
            String state,
            int undone,
            @Nullable Instant due,
            @Nullable String result,
            @Nullable Long request) {}

    private Row row(Ended ended, Instant now) {
        var claimed = ended.claimed();
        return switch (ended) {
            case Ended.Handled handled ->
                new Row(
                        claimed,
                        "handled",
                        0,
                        null,
                        plain(handled.result()),
                        handled.request().orElse(null));
            case Ended.Failed failed
            when claimed.attempt() >= retries.most() ->
                new Row(claimed, "parked", 0, null, plain(failed.reason()), null);
            case Ended.Failed failed ->
                new Row(
                        claimed,
                        "waiting",
                        0,
                        now.plus(retries.after(claimed.attempt())),
                        plain(failed.reason()),
                        null);
            case Ended.GivenBack _ -> new Row(claimed, "waiting", 1, claimed.dueAt(), null, null);
        };
    }

    private static Object[] column(List<Row> rows, Function<Row, @Nullable Object> value) {
        return rows.stream().map(value).toArray();
    }

    private static String plain(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_RESULT)).replace('\0', '\uFFFD');
    }

    private <R> R light(HandleCallback<R, RuntimeException> work) {
        return jdbi.inTransaction(handle -> {
            handle.execute("set local synchronous_commit = off");
            return work.withHandle(handle);
        });
    }
}
