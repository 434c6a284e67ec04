package dev.stepzero.ship.queue;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/** The servers that share a database, and what waits for them. Their clock is the database's. */
public final class Servers {
    /** How often a server says that it lives. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(20);

    /** Whoever was silent for so long is not shown any more. */
    private static final Duration FORGOTTEN = Duration.ofDays(7);

    private final Jdbi jdbi;

    public Servers(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What a server says of itself.
     *
     * @param address what people type to reach it
     * @param workers how many runs it executes at a time
     */
    public record Told(String name, String version, String address, int workers) {}

    /**
     * A server.
     *
     * @param silence how long ago it last said that it lives
     */
    public record Known(Told told, Instant started, Instant seen, Duration silence) {
        /** Whether it missed several of its signs. */
        public boolean isSilent() {
            return silence.compareTo(HEARTBEAT.multipliedBy(3)) > 0;
        }
    }

    /** Notes a sign of life, and forgets who gave none for a week. */
    public void seen(Told server) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                            insert into server (name, version, address, workers, started_at, seen_at)
                            values (:name, :version, :address, :workers, now(), now())
                            on conflict (name) do update set version = :version, address = :address, workers = :workers,
                                                             seen_at = now()""").bindMethods(server).execute();
            handle.createUpdate("delete from server where seen_at < now() - make_interval(secs => :seconds)")
                    .bind("seconds", FORGOTTEN.toSeconds())
                    .execute();
        });
    }

    /** A server that ends says so itself. */
    public void left(String name) {
        jdbi.useHandle(handle -> handle.execute("delete from server where name = ?", name));
    }

    /** Those that were seen within a week, by name. */
    public List<Known> all() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select name, version, address, workers, started_at, seen_at,
                               extract(epoch from now() - seen_at) as silence
                        from server order by name""")
                .map((row, _) -> new Known(
                        new Told(
                                row.getString("name"),
                                row.getString("version"),
                                row.getString("address"),
                                row.getInt("workers")),
                        instant(row.getTimestamp("started_at")),
                        instant(row.getTimestamp("seen_at")),
                        Duration.ofSeconds(row.getLong("silence"))))
                .list());
    }

    /** How many requests are in each state that is not an end. */
    public Map<String, Long> waiting() {
        return jdbi.withHandle(handle -> {
            var counts = new TreeMap<String, Long>();
            handle.createQuery("""
                            select status, count(*) as number from run_request
                            where status in ('queued', 'running', 'stalled') group by status""")
                    .map((row, _) -> counts.put(row.getString("status"), row.getLong("number")))
                    .list();
            return counts;
        });
    }

    private static Instant instant(Timestamp time) {
        return time.toInstant();
    }
}
