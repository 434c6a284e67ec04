package dev.stepzero.ship.steps;

import dev.stepzero.core.Digest;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import java.util.Set;

/** Makes a release of the image that the gate let through, and pushes it where the project says. */
public final class PublishStep implements Step {
    private final Publisher publisher;
    private final Deployments deployments;

    public PublishStep(Publisher publisher, Deployments deployments) {
        this.publisher = publisher;
        this.deployments = deployments;
    }

    @Override
    public String name() {
        return "publish";
    }

    @Override
    public Stage stage() {
        return Stage.PUBLISH;
    }

    @Override
    public Set<Slot<?>> needs() {
        return Set.of(Handover.VERDICT, Handover.IMAGE);
    }

    @Override
    public Set<Slot<?>> gives() {
        return Set.of(Handover.RELEASE);
    }

    @Override
    public void run(StepContext context) throws InterruptedException {
        var digest = Digest.parse(context.get(Handover.IMAGE).digest());
        var reference = publisher.publish(digest, context.output());
        var key = context.run().key();
        var release = deployments.release(
                key.project(), key.commit(), digest, context.run().id());
        context.give(Handover.RELEASE, new Handover.Published(release, reference));
        context.summary(reference);
    }
}
