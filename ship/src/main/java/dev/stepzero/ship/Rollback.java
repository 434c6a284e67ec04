package dev.stepzero.ship;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.decisions.Decisions;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import dev.stepzero.ship.deploy.Release;
import dev.stepzero.ship.deploy.Rollout;
import dev.stepzero.ship.engine.EnvironmentLock;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.engine.StepOutput;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Brings an earlier release back by the way by which every release comes: blue/green, checked, without a lost request. */
final class Rollback {
    private final Deployments deployments;
    private final RunJournal journal;
    private final Targets targets;
    private final Function<Optional<String>, Site> sites;
    private final Home home;
    private final Entrance entrance;
    private final Decisions decisions;
    private final Clock clock;

    Rollback(
            Deployments deployments,
            RunJournal journal,
            Targets targets,
            Function<Optional<String>, Site> sites,
            Home home,
            Entrance entrance,
            Decisions decisions,
            Clock clock) {
        this.deployments = deployments;
        this.journal = journal;
        this.targets = targets;
        this.sites = sites;
        this.home = home;
        this.entrance = entrance;
        this.decisions = decisions;
        this.clock = clock;
    }

    Deployment bringBack(
            String project, String environment, Optional<String> revision, String reason, StepOutput output)
            throws InterruptedException {
        try (var _ = new EnvironmentLock(journal).acquire(project, environment)) {
            var history = deployments.history(project, environment);
            var current = history.stream()
                    .filter(Rollback::mayServe)
                    .findFirst()
                    .orElseThrow(() -> UserError.usage("nothing of %s serves in %s".formatted(project, environment))
                            .fix("see what is running: stepzero environments"));
            var wanted = wanted(history, current, revision);
            admit(wanted, current, reason, output);
            journal.giveUp(project, environment, "commit %.12s was brought back".formatted(wanted.commit()));
            return bringBack(current, wanted, output);
        }
    }

    private void admit(Deployment wanted, Deployment current, String reason, StepOutput output)
            throws InterruptedException {
        var place = new Decisions.Place(wanted.project(), wanted.environment());
        var image = wanted.image().toString();
        decisions.askedForRollback(place, image, wanted.commit(), current.commit(), reason);
        try {
            entrance.admit(wanted, deployments.declared(current), output);
        } catch (UserError e) {
            decisions.refused(place, image, wanted.commit(), e);
            throw e;
        }
        decisions.admitted(place, image, wanted.commit());
    }

    /** A ship that was cut may have led the traffic to its release already. */
    private static boolean mayServe(Deployment deployment) {
        return deployment.status().equals("serving")
                || (deployment.status().equals("starting") && deployment.kind().equals("ship"));
    }

    private Deployment bringBack(Deployment current, Deployment wanted, StepOutput output) throws InterruptedException {
        var spec = deployments.declared(wanted);
        var target = targets.of(sites.apply(Optional.of(current.target())));
        var release = new Release(wanted.project(), wanted.commit(), wanted.image(), home.registry());
        var deployment =
                deployments.begin(wanted.releaseId(), spec, target.name(), Deployments.Kind.ROLLBACK, Optional.empty());
        output.line("going back from commit %.12s to %.12s".formatted(current.commit(), wanted.commit()));
        try {
            var tiers = target.prepare(spec);
            var rollout = new Rollout(spec, tiers, clock, output);
            Colour colour = rollout.advanceWithoutMigration(release);
            rollout.settle(release, colour);
            deployments.serving(deployment, colour, tiers.live().toString());
        } catch (UserError e) {
            deployments.failed(deployment, e.what());
            throw e;
        } catch (InterruptedException e) {
            deployments.failed(deployment, "interrupted");
            throw e;
        }
        return deployments.history(wanted.project(), wanted.environment()).stream()
                .filter(each -> each.id() == deployment)
                .findFirst()
                .orElseThrow();
    }

    private static Deployment wanted(List<Deployment> history, Deployment current, Optional<String> revision) {
        return history.stream()
                .filter(each -> Set.of("serving", "replaced").contains(each.status()))
                .filter(each -> !each.image().equals(current.image()))
                .filter(each -> revision.map(each.commit()::startsWith).orElse(true))
                .findFirst()
                .orElseThrow(() -> UserError.usage(revision.map(commit ->
                                        "commit %s never served in %s".formatted(commit, current.environment()))
                                .orElse("no other release of %s served in %s before"
                                        .formatted(current.project(), current.environment())))
                        .fix("see what served when: stepzero environments --history"));
    }
}
