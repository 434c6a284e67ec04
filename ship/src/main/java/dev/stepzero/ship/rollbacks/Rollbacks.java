package dev.stepzero.ship.rollbacks;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.ledger.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes ways back in the background, one at a time for each environment. */
public final class Rollbacks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rollbacks.class);

    /** Longer than any rollback may take: what is older was cut with the process that went it. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private static final int LONGEST_REASON = 2_000;

    private final Jdbi jdbi;
    private final Way way;
    private final Clock clock;
    private final ExecutorService background;

    /**
     * The ways back of one server.
     *
     * @param way what is done for each
     */
    public Rollbacks(Jdbi jdbi, Way way, Clock clock) {
        this(
                jdbi,
                way,
                clock,
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("rollback-", 0).factory()));
    }

    Rollbacks(Jdbi jdbi, Way way, Clock clock, ExecutorService background) {
        this.jdbi = jdbi;
        this.way = way;
        this.clock = clock;
        this.background = background;
    }

    /** Brings a release back. */
    @FunctionalInterface
    public interface Way {
        /**
         * Answers the deployment that serves then.
         *
         * @throws UserError if it cannot be brought back
         */
        long back(RollbackRequest request, Actor who) throws InterruptedException;
    }

    /**
     * Begins to bring a release back, and does not wait for it.
     *
     * @param commit what to go back to
     * @throws UserError if no reason is said, or a way back to this environment is gone already
     */
    public RollbackRequest ask(String project, String environment, String commit, String reason, Actor who) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw UserError.usage("a rollback needs a reason of at most %,d characters".formatted(LONGEST_REASON))
                    .fix("say in a sentence what is wrong with what serves now");
        }
        var request = write(project, environment, commit, reason.strip().replace('\0', '\uFFFD'), who);
        background.execute(() -> go(request, who));
        return request;
    }

    private RollbackRequest write(String project, String environment, String commit, String reason, Actor who) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("""
                            update rollback_request set status = 'cut', ended_at = :now
                            where project = :project and environment = :environment and status = 'running'
                              and asked_at < :before""")
                    .bind("now", clock.instant())
                    .bind("project", project)
                    .bind("environment", environment)
                    .bind("before", clock.instant().minus(LONGEST))
                    .execute();
            return handle.createQuery("""
                            insert into rollback_request (project, environment, commit_id, reason, asked_by, asked_at,
                                                          status)
                            values (:project, :environment, :commit, :reason, :who, :now, 'running')
                            on conflict (project, environment) where status = 'running' do nothing returning *""")
                    .bind("project", project)
                    .bind("environment", environment)
                    .bind("commit", commit)
                    .bind("reason", reason)
                    .bind("who", who.principal())
                    .bind("now", clock.instant())
                    .map((row, context) -> request(row))
                    .findOne()
                    .orElseThrow(() -> UserError.blocked(
                                    "%s of %s is being rolled back already".formatted(environment, project))
                            .fix("wait until that is over"));
        });
    }

    private void go(RollbackRequest request, Actor who) {
        try {
            end(request, "served", way.back(request, who), "");
        } catch (UserError e) {
            end(
                    request,
                    "failed",
                    null,
                    e.what() + e.fix().map("; to mend it: "::concat).orElse(""));
        } catch (InterruptedException e) {
            end(request, "cut", null, "the server was stopped");
        } catch (RuntimeException e) {
            LOG.error("rollback {} failed", request.id(), e);
            end(request, "failed", null, "a fault of ours; the server's log tells more");
        }
    }

    private void end(RollbackRequest request, String status, @Nullable Long deployment, String what) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update rollback_request set status = :status, ended_at = :now, deployment_id = :deployment,
                               what = :what where id = :id""")
                .bind("status", status)
                .bind("now", clock.instant())
                .bind("deployment", deployment)
                .bind("what", what.replace('\0', '\uFFFD'))
                .bind("id", request.id())
                .execute());
    }

    /** The latest requests for an environment, the newest first. */
    public List<RollbackRequest> of(String project, String environment, int most) {
        return page(project, environment, Optional.empty(), most);
    }

    /**
     * A page of the requests for an environment, the newest first.
     *
     * @param before the number before which the page begins; empty for the first one
     */
    public List<RollbackRequest> page(String project, String environment, Optional<Long> before, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from rollback_request
                        where project = :project and environment = :environment and id < :before
                        order by id desc limit :most""")
                .bind("project", project)
                .bind("environment", environment)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("most", most)
                .map((row, context) -> request(row))
                .list());
    }

    /** One request by its number. */
    public Optional<RollbackRequest> find(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from rollback_request where id = :id")
                .bind("id", id)
                .map((row, context) -> request(row))
                .findOne());
    }

    private static RollbackRequest request(ResultSet row) throws SQLException {
        var ended = row.getTimestamp("ended_at");
        return new RollbackRequest(
                row.getLong("id"),
                row.getString("project"),
                row.getString("environment"),
                row.getString("commit_id"),
                row.getString("reason"),
                row.getString("asked_by"),
                row.getTimestamp("asked_at").toInstant(),
                row.getString("status"),
                ended == null ? null : ended.toInstant(),
                row.getString("what"));
    }

    /** Stops what is under way. */
    @Override
    public void close() {
        background.shutdownNow();
    }
}
