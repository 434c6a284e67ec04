package dev.stepzero.ship.queue;

import dev.stepzero.ship.Shipped;
import dev.stepzero.ship.engine.Engine;
import dev.stepzero.ship.engine.Pipeline;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.engine.RunKey;
import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.engine.RunOrigin;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Work whose pipeline has two steps that do what a test says: one that verifies and one that deploys. */
record QueuedPipeline(RunJournal journal, Doing verifies, Doing deploys) implements RunWork {
    private static final Slot<String> VERIFIED = new Slot<>("verified", String.class);

    interface Doing {
        void run(RunRequest request, StepContext context) throws Exception;
    }

    static QueuedPipeline of(Jdbi jdbi, Doing verifies, Doing deploys) {
        return new QueuedPipeline(new RunJournal(jdbi, java.time.Clock.systemUTC()), verifies, deploys);
    }

    @Override
    public Shipped run(RunRequest request, RunListener listener) {
        var key = switch (request.purpose()) {
            case SHIP -> new RunKey(request.project(), request.environment(), "process", request.commit(), "p");
            case VERIFY ->
                RunKey.verifying(request.project(), "process", request.commit(), "p", request.trust(), request.lane());
        };
        var verify = new Doings("verify", Stage.VERIFY, Set.of(), Set.of(VERIFIED), context -> {
            verifies.run(request, context);
            context.give(VERIFIED, "yes");
        });
        var deploy = new Doings(
                "deploy", Stage.DEPLOY, Set.of(VERIFIED), Set.of(), context -> deploys.run(request, context));
        var steps = request.environment().isEmpty() ? List.<Step>of(verify) : List.<Step>of(verify, deploy);
        var engine = new Engine(journal, (subject, name, type, predicate) -> new SignedEvidence(subject, type, "{}"));
        var origin = new RunOrigin(request.ref(), null, request.requestedBy(), null);
        var result = engine.run(key, origin, new Pipeline(steps), listener);
        return new Shipped(
                result.run().id(),
                result.status(),
                Optional.empty(),
                List.of(),
                result.failure().orElse(null));
    }

    private interface Body {
        void run(StepContext context) throws Exception;
    }

    private record Doings(String name, Stage stage, Set<Slot<?>> needs, Set<Slot<?>> gives, Body body) implements Step {
        @Override
        public void run(StepContext context) throws Exception {
            body.run(context);
        }
    }
}
