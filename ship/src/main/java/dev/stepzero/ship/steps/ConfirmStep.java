package dev.stepzero.ship.steps;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Release;
import dev.stepzero.ship.deploy.Rollout;
import dev.stepzero.ship.deploy.Target;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;

/** Asks the public address whether it serves the commit, and takes the colour before away or goes back to it. */
public final class ConfirmStep implements Step {
    private final EnvironmentSpec environment;
    private final Target target;
    private final Deployments deployments;
    private final Path registry;
    private final Clock clock;

    public ConfirmStep(
            EnvironmentSpec environment, Target target, Deployments deployments, Path registry, Clock clock) {
        this.environment = environment;
        this.target = target;
        this.deployments = deployments;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "confirm";
    }

    @Override
    public Stage stage() {
        return Stage.CONFIRM;
    }

    @Override
    public Set<Slot<?>> needs() {
        return Set.of(Handover.SERVED, Handover.IMAGE);
    }

    @Override
    public Set<Slot<?>> gives() {
        return Set.of(Handover.CONFIRMED);
    }

    @Override
    public void run(StepContext context) throws InterruptedException {
        var served = context.get(Handover.SERVED);
        var image = Digest.parse(context.get(Handover.IMAGE).digest());
        var commit = context.run().key().commit();
        var colour = Colour.valueOf(served.colour().toUpperCase(Locale.ROOT));
        try {
            new Rollout(environment, target.prepare(environment), clock, context.output())
                    .settle(new Release(environment.project(), commit, image, registry), colour);
        } catch (UserError e) {
            deployments.failed(served.deployment(), e.what());
            throw e;
        }
        deployments.serving(served.deployment(), colour, served.address());
        context.attest(
                image.toString(),
                environment.project(),
                PredicateType.DEPLOYMENT,
                new DeploymentPredicate(environment.name(), target.name(), served.address(), commit));
        context.give(Handover.CONFIRMED, new Handover.Confirmed(served.address()));
        context.summary("%s answers with commit %.12s"
                .formatted(environment.application().versionPath(), commit));
    }

    /** Where an image serves. */
    record DeploymentPredicate(String environment, String target, String address, String commit) {}
}
