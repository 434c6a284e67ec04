package dev.stepzero.ship;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import dev.stepzero.ship.engine.EnvironmentLock;
import dev.stepzero.ship.engine.RunJournal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes an environment away, on every kind of target that it was deployed to. */
final class Removal {
    private final RunJournal journal;
    private final Deployments deployments;
    private final Targets targets;
    private final Function<Optional<String>, Site> sites;

    Removal(RunJournal journal, Deployments deployments, Targets targets, Function<Optional<String>, Site> sites) {
        this.journal = journal;
        this.deployments = deployments;
        this.targets = targets;
        this.sites = sites;
    }

    /** Answers the newest deployment to each kind of target from which something was taken away. */
    List<Deployment> remove(String project, String environment, boolean withData) throws InterruptedException {
        try (var _ = new EnvironmentLock(journal).acquire(project, environment)) {
            var newest = newestOfEachTarget(deployments.history(project, environment));
            if (newest.isEmpty()) {
                throw UserError.usage("nothing of %s was ever deployed to %s".formatted(project, environment))
                        .fix("see what is running: stepzero environments");
            }
            journal.giveUp(project, environment, "the environment was removed");
            for (var each : newest) {
                targets.of(sites.apply(Optional.of(each.target()))).remove(deployments.declared(each), withData);
            }
            deployments.removed(project, environment);
            return newest;
        }
    }

    private static List<Deployment> newestOfEachTarget(List<Deployment> newestFirst) {
        var seen = new HashSet<String>();
        var newest = new ArrayList<Deployment>();
        for (var each : newestFirst) {
            if (seen.add(each.target())) {
                newest.add(each);
            }
        }
        return newest;
    }
}
