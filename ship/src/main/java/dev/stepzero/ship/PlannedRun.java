package dev.stepzero.ship;

import dev.stepzero.core.Waiver;
import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.guard.keys.KeyRings;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.ship.decisions.Decisions;
import dev.stepzero.ship.deploy.Secrets;
import dev.stepzero.ship.engine.Engine;
import dev.stepzero.ship.engine.Pipeline;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.RunKey;
import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.findings.FindingsOfRun;
import dev.stepzero.ship.steps.Handover;
import dev.stepzero.ship.steps.Newcomers;
import dev.stepzero.ship.steps.ProjectCommands;
import dev.stepzero.ship.steps.Publisher;
import dev.stepzero.ship.steps.RunSecrets;
import java.util.List;
import java.util.stream.Stream;

/** A plan on its way: puts its pipeline together, runs it, and says how it ended. */
final class PlannedRun {
    /** No environment is called so. */
    private static final String VERIFICATIONS = "+verifications";

    private final Workshop workshop;
    private final ShipPlan plan;
    private final RunKey key;
    private final Quarters quarters;

    PlannedRun(Workshop workshop, ShipPlan plan) {
        this.workshop = workshop;
        this.plan = plan;
        this.key = key(plan);
        this.quarters = Quarters.of(workshop.home(), key);
    }

    private static RunKey key(ShipPlan plan) {
        var app = plan.project().app();
        var target = plan.site().target();
        var commit = plan.commit().id();
        var pipeline = PipelineDigest.of(plan);
        return plan.purpose() == Purpose.SHIP
                ? new RunKey(app, plan.environment().name(), target, commit, pipeline)
                : RunKey.verifying(
                        app,
                        target,
                        commit,
                        pipeline,
                        plan.trust(),
                        plan.origin().ref());
    }

    /** Runs it, or goes on with a run that was cut. What goes wrong on the way is part of the answer. */
    Shipped run(RunListener listener) throws InterruptedException {
        var notary = new SigningNotary(signing());
        var waivers = waivers();
        var findings = new FindingsOfRun(
                workshop.findings(),
                workshop.journal(),
                StandardPipeline.gate(plan.project(), workshop.clock()),
                waivers,
                listener);
        var result = new Engine(workshop.journal(), notary).run(key, plan.origin(), pipeline(waivers), findings);
        if (!result.status().resumable()) {
            quarters.leave();
        }
        return new Shipped(
                result.run().id(),
                result.status(),
                result.value(Handover.CONFIRMED, Handover.Confirmed::address),
                hints(),
                result.failure().orElse(null));
    }

    private Pipeline pipeline(List<Waiver> waivers) throws InterruptedException {
        var keys = keys();
        var statements = workshop.statements(keys);
        return new StandardPipeline(
                        plan,
                        workshop.home(),
                        quarters,
                        workshop.clock(),
                        workshop.builders(quarters.home()),
                        commands(),
                        runSecrets())
                .with(
                        workshop.targets().of(plan.site()),
                        workshop.deployments(),
                        newcomers(),
                        publisher(),
                        workshop.evidence(),
                        isShipped() ? statements : statements.silent(),
                        keys,
                        waivers,
                        workshop.decisions());
    }

    private boolean isShipped() {
        return plan.purpose() == Purpose.SHIP;
    }

    private Newcomers newcomers() {
        return new Newcomers(
                workshop.index(),
                workshop.affectedReleases(),
                workshop.home().registry(),
                plan.project().gate().failOn());
    }

    /** Those of the project's own files, and those that were granted on the server. */
    private List<Waiver> waivers() {
        var granted = workshop.waivers().granted(plan.project().app());
        return Stream.concat(plan.project().waivers().stream(), granted.stream())
                .toList();
    }

    /** A verification signs with keys of its own: an environment's sign only for what may go there. */
    private KeyRing keys() {
        var ring = isShipped() ? plan.environment().name() : VERIFICATIONS;
        return new KeyRings(quarters.home().keys(), workshop.clock())
                .of(plan.project().app(), ring);
    }

    /** The key that signs for a run; the first one is made now. */
    private SigningKey signing() throws InterruptedException {
        var ring = keys();
        var isFirst = ring.isEmpty();
        var key = ring.signing();
        if (isFirst) {
            var environment = isShipped() ? plan.environment().name() : "";
            workshop.decisions()
                    .keyMade(
                            new Decisions.Place(plan.project().app(), environment),
                            key.verification().id());
        }
        return key;
    }

    private ProjectCommands commands() {
        return new ProjectCommands(
                quarters.dependencies(),
                plan.project().plan(),
                plan.commit(),
                quarters.home(),
                plan.site().engine(),
                workshop.environment());
    }

    private RunSecrets runSecrets() {
        return new RunSecrets(
                workshop::secretIssuer, plan.project().app(), plan.environment().name(), plan.trust());
    }

    private Publisher publisher() {
        return new Publisher(
                workshop.home().registry(), plan.project().registry(), workshop.places(), workshop.environment());
    }

    /** How to read the secrets that were made for the application. */
    private List<String> hints() {
        if (!isShipped()) {
            return List.of();
        }
        var environment = plan.environment();
        var secrets = Secrets.in(environment.home().resolve("secrets"));
        return environment.application().secrets().stream()
                .map(name -> "%s: cat %s".formatted(name, secrets.file(name)))
                .toList();
    }
}
