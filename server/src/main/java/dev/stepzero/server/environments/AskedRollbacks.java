package dev.stepzero.server.environments;

import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import dev.stepzero.ship.rollbacks.RollbackRequest;
import dev.stepzero.ship.rollbacks.Rollbacks;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Ways back that people and programs ask for: only to what an environment had before. */
@Component
public class AskedRollbacks {
    /** Characters of a commit's id that tell it from others. */
    private static final int SHORTEST = 7;

    private final Deployments deployments;
    private final Rollbacks rollbacks;

    AskedRollbacks(Deployments deployments, Rollbacks rollbacks) {
        this.deployments = deployments;
        this.rollbacks = rollbacks;
    }

    /**
     * Begins the way back.
     *
     * @param commit what to go back to, or its beginning; empty for what served before
     * @throws ResponseStatusException 404 if the environment never had it
     */
    public RollbackRequest ask(String project, String environment, Optional<String> commit, String reason, Actor who) {
        var history = deployments.history(project, environment);
        var wanted = history.stream()
                .filter(each -> commit.map(text ->
                                text.length() >= SHORTEST && each.commit().startsWith(text))
                        .orElseGet(() -> each.status().equals("replaced")))
                .findFirst()
                .map(Deployment::commit)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return rollbacks.ask(project, environment, wanted, reason, who);
    }
}
