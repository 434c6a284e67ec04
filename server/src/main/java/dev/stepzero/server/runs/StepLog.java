package dev.stepzero.server.runs;

import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.engine.StepRecord;
import dev.stepzero.ship.runs.LogLine;
import dev.stepzero.ship.runs.LogTail;
import dev.stepzero.ship.runs.RunHistory.Details;
import java.util.List;

/**
 * What a step wrote, as the run's page folds it.
 *
 * @param isOpen whether it is unfolded at first: it runs, or it is why the run ended
 * @param isWhole whether these are all of its lines
 */
public record StepLog(StepRecord step, List<LogLine> lines, boolean isOpen, boolean isWhole) {
    private static final int LINES = 200;

    public StepLog {
        lines = List.copyOf(lines);
    }

    static List<StepLog> of(Details details, LogTail tail) {
        var run = details.run().run().id();
        return details.steps().stream().map(step -> of(run, step, tail)).toList();
    }

    private static StepLog of(long run, StepRecord step, LogTail tail) {
        var lines = tail.of(run, step.name(), LINES + 1);
        var isWhole = lines.size() <= LINES;
        return new StepLog(
                step,
                isWhole ? lines : lines.subList(1, lines.size()),
                step.status() != RunStatus.SUCCEEDED && step.status() != RunStatus.ABANDONED,
                isWhole);
    }
}
