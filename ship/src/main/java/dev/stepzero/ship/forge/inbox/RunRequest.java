package dev.stepzero.ship.forge.inbox;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A run that somebody's change asks for.
 *
 * @param ref where the commit stands: a branch, a tag, or the forge's ref of a pull request
 * @param commit the full id, which the ref had when it was looked at
 * @param base what a pull request would be merged into: the commit of the base branch, to compare with. The gate and the
 *     rest of the policy are read from the protected branch, since anybody may propose a change to a branch of theirs
 * @param pullRequest its number, if it is one
 * @param askedBy the account, as the forge has it
 */
public record RunRequest(
        String project,
        String ref,
        String commit,
        Optional<String> base,
        Purpose purpose,
        Trust trust,
        OptionalLong pullRequest,
        String askedBy) {

    /** How far the run goes. */
    public enum Purpose {
        /** All stages, to the environment. */
        SHIP,
        /** Tests and analysis: nothing is published, signed with an environment's key, or deployed. */
        CHECK;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Purpose parse(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /** Whose code it is. Only the first kind may see secrets, publish, deploy, or write a cache that others read. */
    public enum Trust {
        /** On the protected branch. */
        TRUSTED,
        /** On another branch of the same repository. */
        INTERNAL,
        /** From a fork, or from where nobody can tell. */
        FOREIGN;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Trust parse(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    public RunRequest {
        if (purpose == Purpose.SHIP && trust != Trust.TRUSTED) {
            throw new IllegalArgumentException("only trusted commits are shipped");
        }
    }
}
