package dev.stepzero.ship.forge.inbox;

import dev.stepzero.ship.forge.Forge;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The table {@code webhook_refusal}: deliveries that were not believed, by hour, source and reason. */
public final class Refusals {
    private static final int MOST_SOURCES = 1000;

    private final Jdbi jdbi;
    private final Clock clock;

    public Refusals(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Refusals of one kind. */
    public record Refusal(String source, String reason, long times, Instant last) {}

    /**
     * Records a refusal.
     *
     * @param reason without anything that was sent
     */
    public void refused(String project, Forge forge, InetAddress source, String reason) {
        var hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into webhook_refusal as known (project, forge, hour, source, reason, times, last_at)
                        select :project, :forge, :hour, case when seen.sources < :most or seen.known then :source else 'others' end,
                               :reason, 1, :now
                        from (select count(*) as sources, coalesce(bool_or(source = :source), false) as known
                              from webhook_refusal where project = :project and forge = :forge and hour = :hour) seen
                        on conflict (project, forge, hour, source, reason)
                        do update set times = known.times + 1, last_at = excluded.last_at""")
                .bind("project", project)
                .bind("forge", forge.label())
                .bind("hour", hour)
                .bind("source", network(source))
                .bind("reason", reason)
                .bind("most", MOST_SOURCES)
                .bind("now", clock.instant())
                .execute());
    }

    /** Whoever has an IPv6 address has a whole /64. */
    private static String network(InetAddress source) {
        if (!(source instanceof Inet6Address)) {
            return source.getHostAddress();
        }
        try {
            var prefix = Arrays.copyOf(Arrays.copyOf(source.getAddress(), 8), 16);
            return InetAddress.getByAddress(prefix).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The latest refusals of a project, newest first. */
    public List<Refusal> latest(String project, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select source, reason, times, last_at from webhook_refusal where project = :project
                        order by last_at desc limit :most""")
                .bind("project", project)
                .bind("most", most)
                .map((row, context) -> new Refusal(
                        row.getString("source"),
                        row.getString("reason"),
                        row.getLong("times"),
                        row.getTimestamp("last_at").toInstant()))
                .list());
    }

    /** Forgets what is older. */
    public int sweep(Duration keep) {
        return jdbi.withHandle(handle -> handle.createUpdate("delete from webhook_refusal where last_at < :before")
                .bind("before", clock.instant().minus(keep))
                .execute());
    }
}
