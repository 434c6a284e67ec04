package dev.stepzero.server.api;

import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.server.api.shape.Says;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.engine.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A run, as lists have it. */
record RunRecord(
        long id,
        String project,
        Purpose purpose,
        TrustClass trust,

        @Says("Where it leads to; missing for a verification.")
        Optional<String> environment,

        @Says("The kind of place that the environment stands in.")
        String target,

        String commit,

        @Says("The full name of the ref that had the commit.")
        Optional<String> ref,

        @Says("The pull request's number at the forge.") Optional<Long> pullRequest,
        Optional<String> requestedBy,
        RunStatus status,
        @Says("What ended it other than success.") Optional<String> reason,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<Long> milliseconds) {

    static RunRecord of(RunSummary run) {
        var key = run.run().key();
        return new RunRecord(
                run.run().id(),
                key.project(),
                key.purpose(),
                key.trust(),
                said(key.environment()),
                key.target(),
                key.commit(),
                said(run.origin().ref()),
                run.origin().pullRequest(),
                said(run.origin().requestedBy()),
                run.status(),
                run.reason(),
                run.run().startedAt(),
                Optional.ofNullable(run.endedAt()),
                run.duration().map(Duration::toMillis));
    }

    private static Optional<String> said(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }
}
