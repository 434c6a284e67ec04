package dev.stepzero.ship;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.engine.Purpose;
import java.util.Optional;

/**
 * What somebody asks to be done with a commit of a registered project.
 *
 * @param project whose commit it is
 * @param purpose what is asked for
 * @param trust how far whoever asks trusts the commit; what is shipped must lie on the protected branch all the same
 * @param environment where it is shipped to; empty for a verification
 * @param ref the full name of the ref that has the commit, in whose history it must lie
 * @param fork the full name of the repository that has the ref, where it is another one of the same host
 * @param pullRequest its number at the forge
 * @param base the commit that it would be merged into, where that is known
 * @param commit the full commit id
 * @param requestedBy who asks, as the approval will say
 */
public record CommitRequest(
        RegisteredProject project,
        Purpose purpose,
        TrustClass trust,
        String environment,
        String ref,
        Optional<String> fork,
        Optional<Long> pullRequest,
        Optional<String> base,
        String commit,
        String requestedBy) {

    /** What is asked for of a ref of the project's own repository. */
    public CommitRequest(
            RegisteredProject project,
            Purpose purpose,
            TrustClass trust,
            String environment,
            String ref,
            Optional<Long> pullRequest,
            String commit,
            String requestedBy) {
        this(
                project,
                purpose,
                trust,
                environment,
                ref,
                Optional.empty(),
                pullRequest,
                Optional.empty(),
                commit,
                requestedBy);
    }

    /** Refuses what contradicts itself with a {@link UserError}. */
    public CommitRequest {
        if (purpose == Purpose.SHIP && trust != TrustClass.TRUSTED) {
            throw UserError.blocked("only commits of the protected branch are shipped")
                    .fix("merge the change first");
        }
        if (fork.isPresent() && trust != TrustClass.FOREIGN) {
            throw UserError.blocked("what another repository has is foreign").fix("push it to the project's own");
        }
        if ((purpose == Purpose.SHIP) == environment.isEmpty()) {
            throw UserError.usage("a run that ships leads to an environment, and a verification to none")
                    .fix("name an environment of the project");
        }
        if (!commit.matches("[0-9a-f]{40}")) {
            throw UserError.usage("'%.60s' is no full commit id".formatted(commit.replaceAll("\\p{Cntrl}", "?")))
                    .fix("write all forty digits");
        }
    }

    /** The ref, behind the name of the repository where that is not the project's own. */
    public String place() {
        return fork.map(name -> name + " " + ref).orElse(ref);
    }

    /** Runs of the project in the same lane take turns. */
    public String lane() {
        return purpose == Purpose.SHIP ? environment : place();
    }
}
