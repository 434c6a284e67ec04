package dev.stepzero.server.runs;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.server.errors.Rejected;
import dev.stepzero.ship.CommitRequest;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.queue.RunQueue;
import dev.stepzero.ship.queue.RunRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Runs that somebody asks for by hand, or takes back. Each stands in the ledger before the queue has it. */
@Component
public class AskedRuns {
    private static final String BRANCHES = "refs/heads/";

    private final Projects projects;
    private final RunQueue queue;
    private final Ledger ledger;
    private final Clock clock;

    AskedRuns(Projects projects, RunQueue queue, Ledger ledger, Clock clock) {
        this.projects = projects;
        this.queue = queue;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Asks to ship a commit of the protected branch. What a push would ship, to the first environment, a developer may
     * ask for; further ones take an operator.
     *
     * @throws ResponseStatusException 404 if there is no such project
     * @throws Rejected 403 without the role
     * @throws UserError if the project has no such environment, or the commit is none
     */
    public RunRequest ship(String project, String environment, String commit, Principal by, Actor who) {
        var registered = find(project);
        var places = registered.environments();
        if (!places.contains(environment)) {
            throw UserError.usage("%s has no environment '%.60s'".formatted(project, environment))
                    .fix(
                            places.isEmpty()
                                    ? "name one in the project's settings"
                                    : "use one of " + String.join(", ", places));
        }
        if (!places.getFirst().equals(environment) && !by.has(Role.OPERATOR, project)) {
            throw Rejected.request(
                    HttpStatus.FORBIDDEN,
                    "To ship to %s takes the role operator in this project, or everywhere.".formatted(environment));
        }
        return submit(
                new CommitRequest(
                        registered,
                        Purpose.SHIP,
                        TrustClass.TRUSTED,
                        environment,
                        registered.protectedRef(),
                        Optional.empty(),
                        commit,
                        who.principal()),
                who);
    }

    /**
     * Asks to verify a commit of a branch of the project's own repository. No other ref may be named: those of pull
     * requests hold what forks brought in, which is not to be trusted so far.
     *
     * @param branch its short name
     * @throws ResponseStatusException 404 if there is no such project
     * @throws UserError if the commit is none
     */
    public RunRequest verify(String project, String branch, String commit, Actor who) {
        return submit(
                new CommitRequest(
                        find(project),
                        Purpose.VERIFY,
                        TrustClass.INTERNAL,
                        "",
                        BRANCHES + branch,
                        Optional.empty(),
                        commit,
                        who.principal()),
                who);
    }

    private RunRequest submit(CommitRequest request, Actor who) {
        write("run.ask", request.project().name(), request.environment(), request.commit(), request.ref(), who);
        return queue.find(queue.submit(request, Optional.empty())).orElseThrow();
    }

    /**
     * Takes a request back, and ends what is under way of it.
     *
     * @throws ResponseStatusException 404 if the project has none of that number
     * @throws UserError if it is over, or deploys already
     */
    public RunRequest cancel(String project, long number, Actor who) {
        var request = queue.find(number)
                .filter(each -> each.project().equals(project))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (!queue.cancel(number, who.principal())) {
            throw UserError.blocked("the run is over, or it deploys already")
                    .fix("let it end; roll back if it must not serve");
        }
        write("run.cancel", project, request.environment(), request.commit(), request.ref(), who);
        return queue.find(number).orElseThrow();
    }

    private RegisteredProject find(String project) {
        return projects.find(project)
                .filter(each -> each.archivedAt().isEmpty())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private void write(String action, String project, String environment, String commit, String ref, Actor who) {
        var thing = new Thing("commit", commit, project, environment);
        var details = Details.of(Map.of("ref", ref));
        ledger.append(new Entry(who, action, thing, clock.instant(), Outcome.SUCCEEDED, "", details));
    }
}
