package dev.stepzero.ship.engine;

import dev.stepzero.guard.secrets.TrustClass;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The tables {@code run}, {@code step} and {@code step_output}: what happened, written before the next thing does. */
public final class RunJournal {
    private final Jdbi jdbi;
    private final Clock clock;

    public RunJournal(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    Jdbi jdbi() {
        return jdbi;
    }

    /** The open run in a lane, if any. */
    public Optional<Run> open(String project, String lane) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from run
                        where project = :project and lane = :lane and ended_at is null""")
                .bind("project", project)
                .bind("lane", lane)
                .map((row, context) -> run(row, true))
                .findOne());
    }

    /** Every open run. */
    public List<Run> open() {
        return jdbi.withHandle(handle -> handle.createQuery("select * from run where ended_at is null order by id")
                .map((row, context) -> run(row, true))
                .list());
    }

    /** The latest runs, newest first. */
    public List<RunSummary> latest(int most) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from run order by id desc limit :most")
                .bind("most", most)
                .map((row, context) -> summary(row))
                .list());
    }

    /** One run by its number. */
    public Optional<RunSummary> find(long number) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from run where id = :id")
                .bind("id", number)
                .map((row, context) -> summary(row))
                .findOne());
    }

    /** The latest run that ended about a commit, given by its id or seven or more of its first characters. */
    public Optional<RunSummary> latestOf(String commit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from run
                        where length(:commit) >= 7 and starts_with(commit_id, :commit) and ended_at is not null
                        order by id desc limit 1""")
                .bind("commit", commit)
                .map((row, context) -> summary(row))
                .findOne());
    }

    /** Gives the open run in a lane up, if any: it was cancelled, or what it did was undone by other means. */
    public void giveUp(String project, String lane, String reason) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update run set status = 'abandoned', ended_at = :now, reason = :reason
                        where project = :project and lane = :lane and ended_at is null""")
                .bind("now", clock.instant())
                .bind("reason", reason)
                .bind("project", project)
                .bind("lane", lane)
                .execute());
    }

    /** Starts a run, or goes on with the open one if it is about the same; another one is given up. */
    Run begin(RunKey key, RunOrigin origin) {
        var open = open(key.project(), key.lane());
        return jdbi.inTransaction(handle -> {
            open.ifPresent(cut -> handle.createUpdate("""
                            update step set status = 'interrupted', ended_at = :now, reason = 'the process was cut'
                            where run_id = :run and status = 'running'""")
                    .bind("now", clock.instant())
                    .bind("run", cut.id())
                    .execute());
            if (open.isPresent() && open.get().key().equals(key)) {
                handle.createUpdate("update run set status = 'running', reason = null, turn = turn + 1 where id = :id")
                        .bind("id", open.get().id())
                        .execute();
                return open.get();
            }
            open.ifPresent(old -> handle.createUpdate("""
                            update run set status = 'abandoned', ended_at = :now, reason = :reason where id = :id""")
                    .bind("now", clock.instant())
                    .bind("reason", "commit " + key.commit() + " took its place")
                    .bind("id", old.id())
                    .execute());
            return handle.createQuery("""
                            insert into run (project, environment, target, commit_id, pipeline, status, started_at,
                                             purpose, trust, lane, ref, pull_request, requested_by, committed_at)
                            values (:project, :environment, :target, :commit, :pipeline, 'running', :now,
                                    :purposeLabel, :trustLabel, :lane, :ref, :pullRequestNumber, :requestedBy,
                                    :commitTime)
                            returning *""")
                    .bindMethods(key)
                    .bindMethods(origin)
                    .bind("purposeLabel", key.purpose().label())
                    .bind("trustLabel", key.trust().label())
                    .bind("now", clock.instant())
                    .map((row, context) -> run(row, false))
                    .one();
        });
    }

    /** How often the run was begun or gone on with; empty once it ended. */
    Optional<Integer> turn(Run run) {
        return jdbi.withHandle(handle -> handle.createQuery("select turn from run where id = :id and ended_at is null")
                .bind("id", run.id())
                .mapTo(Integer.class)
                .findOne());
    }

    void end(Run run, RunStatus status, @Nullable String reason) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update run set status = :status, reason = :reason, ended_at = :ended where id = :id""")
                .bind("status", status.label())
                .bind("reason", storable(reason))
                .bind("ended", status.resumable() ? null : clock.instant())
                .bind("id", run.id())
                .execute());
    }

    /** The latest attempt of each step, in the order in which they began. */
    public List<StepRecord> steps(long run) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select * from (
                            select distinct on (name) * from step where run_id = :run order by name, attempt desc
                        ) latest order by started_at, name""").bind("run", run).map(RunJournal::step).list());
    }

    /** What a step gave when it succeeded, as a JSON object by slot. */
    public Optional<String> given(long run, String step) {
        return Optional.ofNullable(given(run).get(step));
    }

    /** What succeeded steps gave, as JSON by the step's name. */
    Map<String, String> given(long run) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select name, given::text as given from step where run_id = :run and status = 'succeeded'""")
                .bind("run", run)
                .reduceRows(new java.util.HashMap<String, String>(), (all, row) -> {
                    all.put(row.getColumn("name", String.class), row.getColumn("given", String.class));
                    return all;
                }));
    }

    /** Takes back the success of steps that have to run again, all at once. */
    void abandon(Run run, List<String> steps) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update step set status = 'abandoned', reason = 'what it gave, or what it was made of, is gone'
                        where run_id = :run and name = any(:steps) and status = 'succeeded'""")
                .bind("run", run.id())
                .bindArray("steps", String.class, steps)
                .execute());
    }

    /** Records that a step begins and answers the number of the attempt. */
    int beginStep(Run run, Step step) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into step (run_id, name, stage, attempt, status, started_at)
                        select :run, :name, :stage, coalesce(max(attempt), 0) + 1, 'running', :now
                        from step where run_id = :run and name = :name
                        returning attempt""")
                .bind("run", run.id())
                .bind("name", step.name())
                .bind("stage", step.stage().label())
                .bind("now", clock.instant())
                .mapTo(Integer.class)
                .one());
    }

    /** Records how a step ended, with what it gave and attests, at once. */
    StepRecord endStep(Run run, Step step, int attempt, StepOutcome outcome) {
        return jdbi.inTransaction(handle -> {
            for (var evidence : outcome.evidence()) {
                handle.createUpdate("""
                                insert into evidence (run_id, step, subject, predicate_type, envelope, created_at)
                                values (:run, :step, :subject, :type, cast(:envelope as jsonb), :now)""")
                        .bind("run", run.id())
                        .bind("step", step.name())
                        .bind("subject", evidence.subject())
                        .bind("type", evidence.predicateType())
                        .bind("envelope", evidence.envelope())
                        .bind("now", clock.instant())
                        .execute();
            }
            return handle.createQuery("""
                            update step set status = :status, ended_at = :now, summary = :summary, reason = :reason,
                                   warnings = :warnings, given = cast(:given as json)
                            where run_id = :run and name = :name and attempt = :attempt returning *""")
                    .bind("status", outcome.status().label())
                    .bind("now", clock.instant())
                    .bind("summary", storable(outcome.summary()))
                    .bind("reason", storable(outcome.reason()))
                    .bindArray(
                            "warnings",
                            String.class,
                            outcome.warnings().stream()
                                    .map(RunJournal::storable)
                                    .toList())
                    .bind("given", outcome.given())
                    .bind("run", run.id())
                    .bind("name", step.name())
                    .bind("attempt", attempt)
                    .map(RunJournal::step)
                    .one();
        });
    }

    void append(Run run, Step step, int attempt, int firstNumber, List<String> lines) {
        jdbi.useHandle(handle -> {
            var batch = handle.prepareBatch(
                    "insert into step_output (run_id, step, attempt, number, line) values (?, ?, ?, ?, ?)");
            for (var i = 0; i < lines.size(); i++) {
                batch.add(run.id(), step.name(), attempt, firstNumber + i, storable(lines.get(i)));
            }
            batch.execute();
        });
    }

    /** The recorded output of a step's latest attempt, oldest line first. */
    public List<String> output(long run, String step) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select line from step_output where run_id = :run and step = :step and attempt =
                            (select max(attempt) from step where run_id = :run and name = :step)
                        order by number""")
                .bind("run", run)
                .bind("step", step)
                .mapTo(String.class)
                .list());
    }

    /** PostgreSQL's text has no NUL. */
    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : text.replace('\0', '\uFFFD');
    }

    private static Run run(java.sql.ResultSet row, boolean resumed) throws java.sql.SQLException {
        var key = new RunKey(
                row.getString("project"),
                row.getString("environment"),
                row.getString("target"),
                row.getString("commit_id"),
                row.getString("pipeline"),
                Purpose.parse(row.getString("purpose")),
                TrustClass.parse(row.getString("trust")),
                row.getString("lane"));
        return new Run(row.getLong("id"), key, row.getTimestamp("started_at").toInstant(), resumed);
    }

    /** A row of the table {@code run}. */
    public static RunSummary summary(java.sql.ResultSet row) throws java.sql.SQLException {
        var ended = row.getTimestamp("ended_at");
        var committed = row.getTimestamp("committed_at");
        return new RunSummary(
                run(row, false),
                new RunOrigin(
                        row.getString("ref"),
                        row.getObject("pull_request", Long.class),
                        row.getString("requested_by"),
                        committed == null ? null : committed.toInstant()),
                RunStatus.parse(row.getString("status")),
                ended == null ? null : ended.toInstant(),
                row.getString("reason"));
    }

    private static StepRecord step(java.sql.ResultSet row, StatementContext context) throws java.sql.SQLException {
        var ended = row.getTimestamp("ended_at");
        return new StepRecord(
                row.getString("name"),
                row.getString("stage"),
                row.getInt("attempt"),
                RunStatus.parse(row.getString("status")),
                row.getTimestamp("started_at").toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getString("summary"),
                row.getString("reason"),
                List.of((String[]) row.getArray("warnings").getArray()));
    }
}
