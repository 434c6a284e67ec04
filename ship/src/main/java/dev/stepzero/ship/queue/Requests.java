package dev.stepzero.ship.queue;

import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.CommitRequest;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.engine.RunSummary;
import dev.stepzero.ship.queue.RunRequest.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table {@code run_request}, and the tasks that go with it. Times are the database's. */
final class Requests {
    /** What a newer push or a person must not end. */
    private static final String DEPLOYS = """
            exists (select from step where step.run_id = run_request.run_id and step.stage in ('deploy', 'confirm'))
            """;

    private final Jdbi jdbi;

    private final String server;

    Requests(Jdbi jdbi, String server) {
        this.jdbi = jdbi;
        this.server = server;
    }

    /** Adds a request with its task, in the place of older ones of the same ref that nobody waits for any more. */
    long add(CommitRequest request, Optional<String> delivery) {
        return jdbi.inTransaction(handle -> add(handle, request, delivery));
    }

    /** The same, unless the last that was asked for of the ref is equal and neither was given up nor lost. */
    long addOnce(CommitRequest request) {
        return jdbi.inTransaction(handle -> {
            lock(handle, request);
            var same = same(handle, request);
            return same.isPresent() ? same.get() : add(handle, request, Optional.empty());
        });
    }

    private static long add(Handle handle, CommitRequest request, Optional<String> delivery) {
        var id = insert(handle, request, delivery);
        if (id.isEmpty()) {
            return earlier(handle, request, delivery.orElseThrow());
        }
        supersede(handle, request, id.get());
        addTask(handle, id.get());
        return id.get();
    }

    private static void lock(Handle handle, CommitRequest request) {
        handle.createQuery("select pg_advisory_xact_lock(hashtextextended(:key, 5))")
                .bind("key", request.project().name() + " " + request.lane())
                .mapTo(String.class)
                .one();
    }

    private static Optional<Long> same(Handle handle, CommitRequest request) {
        return handle.createQuery("""
                        select id from run_request
                        where commit_id = :commit and trust = :trust and base is not distinct from :base
                          and status in ('queued', 'running', 'ended')
                          and id = (select max(id) from run_request
                                    where project = :project and lane = :lane and ref = :ref)""")
                .bind("project", request.project().name())
                .bind("lane", request.lane())
                .bind("ref", request.ref())
                .bind("commit", request.commit())
                .bind("trust", request.trust().label())
                .bind("base", request.base())
                .mapTo(Long.class)
                .findOne();
    }

    private static Optional<Long> insert(Handle handle, CommitRequest request, Optional<String> delivery) {
        return handle.createQuery("""
                        insert into run_request (project, purpose, trust, environment, lane, ref, fork, pull_request,
                                                 base, commit_id, requested_by, requested_at, delivery, status)
                        values (:project, :purpose, :trust, :environment, :lane, :ref, :fork, :pullRequest, :base,
                                :commit, :requestedBy, clock_timestamp(), :delivery, 'queued')
                        on conflict (project, delivery, lane) where delivery is not null do nothing
                        returning id""")
                .bind("project", request.project().name())
                .bind("purpose", request.purpose().label())
                .bind("trust", request.trust().label())
                .bind("environment", request.environment())
                .bind("lane", request.lane())
                .bind("ref", request.ref())
                .bind("fork", request.fork())
                .bind("pullRequest", request.pullRequest())
                .bind("base", request.base())
                .bind("commit", request.commit())
                .bind("requestedBy", request.requestedBy())
                .bind("delivery", delivery)
                .mapTo(Long.class)
                .findOne();
    }

    private static long earlier(Handle handle, CommitRequest request, String delivery) {
        return handle.createQuery("""
                        select id from run_request
                        where project = :project and delivery = :delivery and lane = :lane""")
                .bind("project", request.project().name())
                .bind("delivery", delivery)
                .bind("lane", request.lane())
                .mapTo(Long.class)
                .one();
    }

    private static void supersede(Handle handle, CommitRequest request, long id) {
        handle.createUpdate("""
                        update run_request set status = 'superseded', ended_at = clock_timestamp(),
                               reason = 'commit ' || left(:commit, 12) || ' came after it'
                        where project = :project and lane = :lane and ref = :ref and id < :id
                          and status in ('queued', 'stalled') and not\s""" + DEPLOYS)
                .bind("commit", request.commit())
                .bind("project", request.project().name())
                .bind("lane", request.lane())
                .bind("ref", request.ref())
                .bind("id", id)
                .execute();
        handle.createUpdate("""
                        update run_request set cancelled_by = 'commit ' || left(:commit, 12) || ', which came after it'
                        where project = :project and lane = :lane and ref = :ref and id < :id
                          and status = 'running' and purpose = 'verify' and cancelled_by is null""")
                .bind("commit", request.commit())
                .bind("project", request.project().name())
                .bind("lane", request.lane())
                .bind("ref", request.ref())
                .bind("id", id)
                .execute();
    }

    private static void addTask(Handle handle, long id) {
        handle.createUpdate("""
                        insert into queue_task (task_name, task_instance, execution_time, picked, version)
                        values (:name, :id, clock_timestamp(), false, 1) on conflict do nothing""")
                .bind("name", RunQueue.TASK)
                .bind("id", Long.toString(id))
                .execute();
    }

    Optional<RunRequest> find(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from run_request where id = :id")
                .bind("id", id)
                .map((row, context) -> request(row))
                .findOne());
    }

    List<RunRequest> open(int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from run_request where status in ('queued', 'running') order by id limit :most""")
                .bind("most", most)
                .map((row, context) -> request(row))
                .list());
    }

    /** Whether no older request of the lane is still to be executed. */
    boolean isFirst(RunRequest request) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select not exists (select from run_request where project = :project and lane = :lane
                                           and status in ('queued', 'running') and id < :id)""")
                .bind("project", request.project())
                .bind("lane", request.lane())
                .bind("id", request.id())
                .mapTo(Boolean.class)
                .one());
    }

    /** Records that this server begins with a request; false if nobody wants it any more. */
    boolean begin(long id) {
        return jdbi.withHandle(handle ->
                handle.createUpdate("""
                        update run_request set status = 'running', server = :server, reason = null,
                               started_at = coalesce(started_at, clock_timestamp())
                        where id = :id and status in ('queued', 'running') and cancelled_by is null""").bind("id", id).bind("server", server).execute() == 1);
    }

    void began(long id, long run) {
        jdbi.useHandle(handle -> handle.createUpdate("update run_request set run_id = :run where id = :id")
                .bind("run", run)
                .bind("id", id)
                .execute());
    }

    /** The run of a request, if it is over. */
    Optional<RunSummary> endedRun(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select run.* from run join run_request on run.id = run_request.run_id
                        where run_request.id = :id and run.ended_at is not null""")
                .bind("id", id)
                .map((row, context) -> RunJournal.summary(row))
                .findOne());
    }

    /** Sees to it that a request which waits has a task. */
    void keepTask(long id) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into queue_task (task_name, task_instance, execution_time, picked, version)
                        select :name, :task, clock_timestamp(), false, 1 from run_request
                        where id = :id and status = 'queued'
                        on conflict do nothing""")
                .bind("name", RunQueue.TASK)
                .bind("task", Long.toString(id))
                .bind("id", id)
                .execute());
    }

    /** Counts that something around a request failed. */
    void failed(long id) {
        jdbi.useHandle(handle -> handle.createUpdate("update run_request set attempts = attempts + 1 where id = :id")
                .bind("id", id)
                .execute());
    }

    /** Records how a request stands, unless another server went on with it. */
    void end(long id, State state, @Nullable String reason) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update run_request set status = :status, reason = :reason,
                               ended_at = case when :status in ('queued', 'stalled') then null
                                               else clock_timestamp() end
                        where id = :id and status in ('queued', 'running')
                          and (server = :server or :status = 'cancelled')""")
                .bind("id", id)
                .bind("server", server)
                .bind("status", state.label())
                .bind("reason", reason == null ? null : reason.replace('\0', '\uFFFD'))
                .execute());
    }

    /** Who wants requests cancelled, of those given. */
    List<Long> cancelled(List<Long> ids) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id from run_request where id = any(:ids) and cancelled_by is not null")
                .bindArray("ids", Long.class, ids)
                .mapTo(Long.class)
                .list());
    }

    Optional<String> canceller(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select cancelled_by from run_request where id = :id and cancelled_by is not null")
                .bind("id", id)
                .mapTo(String.class)
                .findOne());
    }

    /** Asks for the end of a request; false if it is over, or deploys. */
    boolean cancel(long id, String who) {
        return jdbi.inTransaction(handle -> {
            var waiting = handle.createUpdate("""
                            update run_request set status = 'cancelled', cancelled_by = :who,
                                   ended_at = clock_timestamp(), reason = 'cancelled by ' || :who
                            where id = :id and status in ('queued', 'stalled') and not\s""" + DEPLOYS)
                    .bind("id", id)
                    .bind("who", who)
                    .execute();
            var running = handle.createUpdate("""
                            update run_request set cancelled_by = :who
                            where id = :id and status = 'running' and cancelled_by is null and not\s""" + DEPLOYS)
                    .bind("id", id)
                    .bind("who", who)
                    .execute();
            return waiting + running > 0;
        });
    }

    /** Takes back what waits of a ref or is verified of it, and answers how much that is. */
    int withdraw(RunQueue.Ref ref, String who) {
        return jdbi.inTransaction(handle -> {
            var waiting = withdraw(handle, ref, who, """
                            update run_request set status = 'cancelled', cancelled_by = :who,
                                   ended_at = clock_timestamp(), reason = 'cancelled by ' || :who
                            where status in ('queued', 'stalled') and not\s""" + DEPLOYS);
            var verified = withdraw(handle, ref, who, """
                            update run_request set cancelled_by = :who
                            where status = 'running' and purpose = 'verify' and cancelled_by is null""");
            return waiting + verified;
        });
    }

    private static int withdraw(Handle handle, RunQueue.Ref ref, String who, String update) {
        return handle.createUpdate(update + " and " + """
                        project = :project and ref = :ref and fork is not distinct from :fork
                          and pull_request is not distinct from :pullRequest""")
                .bind("project", ref.project())
                .bind("ref", ref.name())
                .bind("fork", ref.fork())
                .bind("pullRequest", ref.pullRequest())
                .bind("who", who)
                .execute();
    }

    /** Queues a stalled request again, for a new run if its run was given up meanwhile; false if it is none. */
    boolean retry(long id) {
        return jdbi.inTransaction(handle -> {
            var queued = handle.createUpdate("""
                            update run_request set status = 'queued', attempts = 0, ended_at = null, run_id = null
                            where id = :id and status = 'stalled'""").bind("id", id).execute();
            if (queued == 1) {
                addTask(handle, id);
            }
            return queued == 1;
        });
    }

    private static RunRequest request(ResultSet row) throws SQLException {
        return new RunRequest(
                row.getLong("id"),
                row.getString("project"),
                Purpose.parse(row.getString("purpose")),
                TrustClass.parse(row.getString("trust")),
                row.getString("environment"),
                row.getString("lane"),
                row.getString("ref"),
                row.getString("fork"),
                row.getObject("pull_request", Long.class),
                row.getString("base"),
                row.getString("commit_id"),
                row.getString("requested_by"),
                row.getTimestamp("requested_at").toInstant(),
                State.parse(row.getString("status")),
                row.getInt("attempts"),
                row.getObject("run_id", Long.class),
                row.getString("reason"));
    }
}
