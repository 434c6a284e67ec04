package dev.stepzero.ship.runs;

import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.engine.RunSummary;
import dev.stepzero.ship.engine.StepRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Reads runs for pages. */
public final class RunHistory {
    /** What a change may take from push to production. */
    public static final Duration BUDGET = Duration.ofMinutes(15);

    private static final int LARGEST_PAGE = 200;
    private static final int MOST_LINES = 5_000;

    private final Jdbi jdbi;
    private final RunJournal journal;
    private final Clock clock;

    public RunHistory(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.journal = new RunJournal(jdbi, clock);
        this.clock = clock;
    }

    /**
     * A part of a list, newest first.
     *
     * @param next what to ask for as {@code before} for the next part; empty at the end
     */
    public record Page(List<RunSummary> runs, Optional<Long> next) {
        public Page {
            runs = List.copyOf(runs);
        }
    }

    /**
     * A run with its steps.
     *
     * @param steps the latest attempt of each, in the order in which they began
     * @param stages how long each stage took, in the order in which they began
     * @param total how long the run took, or takes up to now; never below zero, whatever a clock did
     */
    public record Details(RunSummary run, List<StepRecord> steps, List<StageTime> stages, Duration total) {
        public Details {
            steps = List.copyOf(steps);
            stages = List.copyOf(stages);
        }

        /** Whether it took more than the fifteen minutes. */
        public boolean overBudget() {
            return total.compareTo(BUDGET) > 0;
        }
    }

    /**
     * A page of runs.
     *
     * @param before {@link Page#next} of the page before; empty for the first one
     * @param most how many, at most 200
     */
    public Page page(RunFilter filter, Optional<Long> before, int most) {
        var conditions = new ArrayList<String>();
        var parameters = new HashMap<String, Object>();
        filter.project().ifPresent(value -> add(conditions, parameters, "project = :project", "project", value));
        filter.environment()
                .ifPresent(value -> add(conditions, parameters, "environment = :environment", "environment", value));
        filter.status()
                .map(RunStatus::label)
                .ifPresent(value -> add(conditions, parameters, "status = :status", "status", value));
        filter.ref().ifPresent(value -> add(conditions, parameters, "ref = :ref", "ref", value));
        filter.requestedBy().ifPresent(value -> add(conditions, parameters, "requested_by = :who", "who", value));
        before.ifPresent(value -> add(conditions, parameters, "id < :before", "before", value));
        var where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
        var size = Math.clamp(most, 1, LARGEST_PAGE);
        var rows = jdbi.withHandle(
                handle -> handle.createQuery("select * from run %s order by id desc limit :most".formatted(where))
                        .bindMap(parameters)
                        .bind("most", size + 1)
                        .map((row, context) -> RunJournal.summary(row))
                        .list());
        return rows.size() > size
                ? new Page(
                        rows.subList(0, size),
                        Optional.of(rows.get(size - 1).run().id()))
                : new Page(rows, Optional.empty());
    }

    private static void add(
            List<String> conditions, Map<String, Object> parameters, String condition, String name, Object value) {
        conditions.add(condition);
        parameters.put(name, value);
    }

    /** A run with its steps and stages. */
    public Optional<Details> find(long number) {
        return journal.find(number).map(run -> {
            var steps = journal.steps(number);
            var started = run.run().startedAt();
            var end = Optional.ofNullable(run.endedAt()).orElseGet(clock::instant);
            return new Details(run, steps, stages(started, steps), between(started, end));
        });
    }

    private List<StageTime> stages(Instant started, List<StepRecord> steps) {
        var begins = new LinkedHashMap<String, Instant>();
        var ends = new HashMap<String, Instant>();
        for (var step : steps) {
            var end = Optional.ofNullable(step.endedAt()).orElseGet(clock::instant);
            begins.merge(step.stage(), step.startedAt(), (a, b) -> a.isBefore(b) ? a : b);
            ends.merge(step.stage(), end, (a, b) -> a.isAfter(b) ? a : b);
        }
        return begins.entrySet().stream()
                .map(each -> {
                    var took = between(each.getValue(), ends.getOrDefault(each.getKey(), each.getValue()));
                    return new StageTime(
                            each.getKey(),
                            between(started, each.getValue()),
                            took,
                            (double) took.toMillis() / BUDGET.toMillis());
                })
                .toList();
    }

    private static Duration between(Instant start, Instant end) {
        var duration = Duration.between(start, end);
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    /**
     * Lines of a run, oldest first, whichever step wrote them.
     *
     * @param step only of this step
     * @param after the last line that the reader has; 0 for the beginning
     * @param most how many, at most 5,000
     */
    public List<LogLine> lines(long run, Optional<String> step, long after, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, step, attempt, line from step_output
                        where run_id = :run and id > :after and (cast(:step as text) is null or step = :step)
                        order by id limit :most""")
                .bind("run", run)
                .bind("after", after)
                .bind("step", step)
                .bind("most", Math.clamp(most, 1, MOST_LINES))
                .map((row, context) -> line(row))
                .list());
    }

    /**
     * Lines of a run that hold a text, in whatever case, oldest first.
     *
     * @param after the last line that the reader has; 0 for the beginning
     */
    public List<LogLine> search(long run, String text, long after, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, step, attempt, line from step_output
                        where run_id = :run and id > :after and strpos(lower(line), lower(:text)) > 0
                        order by id limit :most""")
                .bind("run", run)
                .bind("after", after)
                .bind("text", text.replace('\0', '\uFFFD'))
                .bind("most", Math.clamp(most, 1, MOST_LINES))
                .map((row, context) -> line(row))
                .list());
    }

    private static LogLine line(ResultSet row) throws SQLException {
        return new LogLine(row.getLong("id"), row.getString("step"), row.getInt("attempt"), row.getString("line"));
    }
}
