package dev.stepzero.ship;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.Trust;
import java.util.Optional;

/**
 * What somebody asks to be done with a commit of a registered project.
 *
 * @param project whose commit it is
 * @param purpose what is asked for
 * @param trust how far whoever asks trusts the commit; what is shipped must lie on the protected branch all the same
 * @param environment where it is shipped to; empty for a verification
 * @param ref the full name of the ref that has the commit, in whose history it must lie
 * @param pullRequest its number at the forge
 * @param commit the full commit id
 * @param requestedBy who asks, as the approval will say
 */
public record CommitRequest(
        RegisteredProject project,
        Purpose purpose,
        Trust trust,
        String environment,
        String ref,
        Optional<Long> pullRequest,
        String commit,
        String requestedBy) {

    /** Refuses what contradicts itself with a {@link UserError}. */
    public CommitRequest {
        if (purpose == Purpose.SHIP && trust != Trust.TRUSTED) {
            throw UserError.blocked("only commits of the protected branch are shipped")
                    .fix("merge the change first");
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

    /** Runs of the project in the same lane take turns. */
    public String lane() {
        return purpose == Purpose.SHIP ? environment : ref;
    }
}
