package dev.stepzero.ship.steps;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.ship.decisions.Decisions;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Release;
import dev.stepzero.ship.deploy.Rollout;
import dev.stepzero.ship.deploy.Target;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.evidence.Admission;
import dev.stepzero.ship.evidence.EvidenceReader;
import dev.stepzero.ship.image.OciLayout;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** Starts the release as the free colour and leads the traffic to it once it is healthy. */
public final class DeployStep implements Step {
    private final EnvironmentSpec environment;
    private final Target target;
    private final Deployments deployments;
    private final Newcomers newcomers;
    private final Path registry;
    private final KeyRing keys;
    private final Decisions decisions;
    private final Clock clock;

    /**
     * The step.
     *
     * @param newcomers takes down what the release is made of
     * @param registry the layout that holds the image and its evidence
     * @param keys those that the environment trusts
     */
    public DeployStep(
            EnvironmentSpec environment,
            Target target,
            Deployments deployments,
            Newcomers newcomers,
            Path registry,
            KeyRing keys,
            Decisions decisions,
            Clock clock) {
        this.environment = environment;
        this.target = target;
        this.deployments = deployments;
        this.newcomers = newcomers;
        this.registry = registry;
        this.keys = keys;
        this.decisions = decisions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "deploy";
    }

    @Override
    public Stage stage() {
        return Stage.DEPLOY;
    }

    @Override
    public Set<Slot<?>> needs() {
        return Set.of(Handover.RELEASE, Handover.IMAGE, Handover.SBOM, Handover.TIERS);
    }

    @Override
    public Set<Slot<?>> gives() {
        return Set.of(Handover.SERVED);
    }

    @Override
    public void run(StepContext context) throws InterruptedException {
        target.weaknesses().forEach(context::warn);
        admit(context);
        newcomers.enter(context.get(Handover.RELEASE).id(), environment, context.get(Handover.SBOM));
        var deployment = deployments.begin(
                context.get(Handover.RELEASE).id(),
                environment,
                target.name(),
                Deployments.Kind.SHIP,
                Optional.of(context.run().id()));
        try {
            var tiers = target.prepare(environment);
            var colour = new Rollout(environment, tiers, clock, context.output()).advance(release(context));
            var address = tiers.live().toString();
            context.give(Handover.SERVED, new Handover.Served(colour.label(), deployment, address));
            context.summary("%s, %s behind %s"
                    .formatted(
                            colour.label(), Plural.of(environment.application().replicas(), "replica"), address));
        } catch (UserError e) {
            deployments.failed(deployment, e.what());
            throw e;
        }
    }

    /** Nothing of what earlier steps said counts here: only what they signed, as it lies beside the image. */
    private void admit(StepContext context) throws InterruptedException {
        var image = Digest.parse(context.get(Handover.IMAGE).digest());
        var dossier = EvidenceReader.read(OciLayout.at(registry), image);
        var place = new Decisions.Place(environment.project(), environment.name());
        var commit = context.run().key().commit();
        try {
            new Admission(environment.admission(), keys.keys(), clock).admit(dossier, commit);
        } catch (UserError e) {
            decisions.refused(place, image.toString(), commit, e);
            throw e;
        }
        decisions.admitted(place, image.toString(), commit);
    }

    private Release release(StepContext context) {
        return new Release(
                environment.project(),
                context.run().key().commit(),
                Digest.parse(context.get(Handover.IMAGE).digest()),
                registry);
    }
}
