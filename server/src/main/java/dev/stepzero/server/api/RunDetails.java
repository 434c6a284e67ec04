package dev.stepzero.server.api;

import dev.stepzero.server.api.shape.Says;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.engine.StepRecord;
import dev.stepzero.ship.runs.RunHistory.Details;
import dev.stepzero.ship.runs.StageTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A run with its steps and how long they took. */
record RunDetails(
        RunRecord run,
        @Says("How long it took, or takes up to now.") long milliseconds,

        @Says("How long a change may take from push to production.")
        long budgetMilliseconds,

        List<StageRecord> stages,

        @Says("The latest attempt of each, in the order in which they began.")
        List<StepDetails> steps) {

    /** A stage's share of the time. */
    record StageRecord(
            String stage,

            @Says("How long after the run's beginning it began.")
            long afterMilliseconds,

            long milliseconds) {
        static StageRecord of(StageTime stage) {
            return new StageRecord(
                    stage.stage(), stage.afterStart().toMillis(), stage.took().toMillis());
        }
    }

    /** A step's latest attempt. */
    record StepDetails(
            String name,
            String stage,
            @Says("Counts from 1.") int attempt,
            RunStatus status,
            Instant startedAt,
            Optional<Instant> endedAt,
            Optional<Long> milliseconds,
            @Says("What came of it, in a few words.") Optional<String> summary,
            @Says("Why it did not succeed.") Optional<String> reason,
            List<String> warnings) {
        static StepDetails of(StepRecord step) {
            return new StepDetails(
                    step.name(),
                    step.stage(),
                    step.attempt(),
                    step.status(),
                    step.startedAt(),
                    Optional.ofNullable(step.endedAt()),
                    step.duration().map(Duration::toMillis),
                    Optional.ofNullable(step.summary()),
                    Optional.ofNullable(step.reason()),
                    step.warnings());
        }
    }

    static RunDetails of(Details details, Duration budget) {
        return new RunDetails(
                RunRecord.of(details.run()),
                details.total().toMillis(),
                budget.toMillis(),
                details.stages().stream().map(StageRecord::of).toList(),
                details.steps().stream().map(StepDetails::of).toList());
    }
}
