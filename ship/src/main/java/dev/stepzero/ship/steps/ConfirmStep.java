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
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Asks the public address whether it serves the commit, and takes the colour before away or goes back to it. */
public final class ConfirmStep implements Step {
    private final EnvironmentSpec environment;
    private final Target target;
    private final Deployments deployments;
    private final StatementPublisher statements;
    private final Path registry;
    private final Clock clock;

    /**
     * The step.
     *
     * @param statements puts beside the image where it serves
     * @param registry the layout that holds the image
     */
    public ConfirmStep(
            EnvironmentSpec environment,
            Target target,
            Deployments deployments,
            StatementPublisher statements,
            Path registry,
            Clock clock) {
        this.environment = environment;
        this.target = target;
        this.deployments = deployments;
        this.statements = statements;
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
        var deployment = deployments.find(served.deployment()).orElseThrow();
        var colour = Colour.valueOf(served.colour().toUpperCase(Locale.ROOT));
        try {
            new Rollout(environment, target.prepare(environment), clock, context.output())
                    .settle(new Release(environment.project(), commit, image, registry), colour);
        } catch (UserError e) {
            deployments.failed(served.deployment(), e.what());
            attest(context, image, DeploymentStatement.failed(deployment, clock.instant(), e.what()));
            throw e;
        }
        var statement =
                attest(context, image, DeploymentStatement.serving(deployment, served.address(), clock.instant()));
        statements.announce(image, List.of(statement));
        deployments.serving(served.deployment(), colour, served.address());
        statements.publish(image).forEach(context::warn);
        context.give(Handover.CONFIRMED, new Handover.Confirmed(served.address()));
        context.summary("%s answers with commit %.12s"
                .formatted(environment.application().versionPath(), commit));
    }

    private SignedEvidence attest(StepContext context, Digest image, DeploymentStatement statement) {
        return context.attest(image.toString(), environment.project(), PredicateType.DEPLOYMENT, statement);
    }
}
