package dev.stepzero.ship;

import dev.stepzero.core.Digest;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import dev.stepzero.ship.engine.Notary;
import dev.stepzero.ship.evidence.EvidenceLog;
import dev.stepzero.ship.steps.DeploymentStatement;
import dev.stepzero.ship.steps.StatementPublisher;
import java.time.Instant;
import java.util.List;

/** What a rollback attests, which is no run and has no steps. */
record RollbackStatement(Notary notary, EvidenceLog log, StatementPublisher publisher) {

    /** Signs that the deployment serves, and takes it down; no place is asked yet. */
    void announce(Deployment deployment, String address, Instant at) {
        var statement = notary.sign(
                deployment.image().toString(),
                deployment.project(),
                PredicateType.DEPLOYMENT,
                DeploymentStatement.serving(deployment, address, at));
        log.add(deployment.id(), "rollback", statement, at);
        publisher.announce(deployment.image(), List.of(statement));
    }

    /** Puts it beside the image, and answers what did not work. */
    List<String> publish(Digest image) throws InterruptedException {
        return publisher.publish(image);
    }
}
