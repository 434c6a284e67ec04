package dev.stepzero.ship.runs;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Reads the ends of logs, which is where it says what went wrong. */
public final class LogTail {
    private static final int MOST = 1_000;

    private final Jdbi jdbi;

    public LogTail(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The last lines of a step's latest attempt, oldest first.
     *
     * @param most how many, at most 1,000
     */
    public List<LogLine> of(long run, String step, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, step, attempt, line from step_output
                        where run_id = :run and step = :step and attempt =
                            (select max(attempt) from step where run_id = :run and name = :step)
                        order by number desc limit :most""")
                .bind("run", run)
                .bind("step", step)
                .bind("most", Math.clamp(most, 1, MOST))
                .map((row, context) -> new LogLine(
                        row.getLong("id"), row.getString("step"), row.getInt("attempt"), row.getString("line")))
                .list()
                .reversed());
    }

    /** The last line of a run, from which on a reader follows; 0 without any. */
    public long last(long run) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select coalesce(max(id), 0) from step_output where run_id = :run")
                        .bind("run", run)
                        .mapTo(Long.class)
                        .one());
    }
}
