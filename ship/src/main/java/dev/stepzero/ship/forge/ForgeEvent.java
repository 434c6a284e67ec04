package dev.stepzero.ship.forge;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a forge says has happened. All of it is a hint: whoever sent it knew the secret once, but names, commits and refs
 * count only after the repository itself was asked. Texts hold no control characters and have bounded lengths.
 */
public sealed interface ForgeEvent {

    /**
     * Refs were changed.
     *
     * @param repository its full name at the forge
     * @param pusher the account, as the forge has it
     * @param authors the e-mail addresses of the authors and committers of the commits listed
     * @param complete whether all commits are listed, as far as the delivery tells
     */
    record Push(String repository, List<RefChange> changes, String pusher, Set<String> authors, boolean complete)
            implements ForgeEvent {
        public Push {
            changes = List.copyOf(changes);
            authors = Set.copyOf(authors);
        }
    }

    /**
     * A proposed change was opened, changed or ended.
     *
     * @param repository the full name of the repository that it is proposed to
     * @param head what is proposed
     * @param base what it is proposed for
     * @param author the account that proposes it
     * @param foreign whether it comes from another repository, or may do so for all that the delivery says
     */
    record PullRequest(
            String repository, long number, Action action, Side head, Side base, String author, boolean foreign)
            implements ForgeEvent {

        /** What happened to it; {@code UPDATED} means other commits or another base. */
        public enum Action {
            OPENED,
            UPDATED,
            MERGED,
            CLOSED
        }
    }

    /**
     * One side of a pull request.
     *
     * @param repository the full name; empty if the forge names none
     * @param branch its short name
     * @param commit its id, which Bitbucket Cloud cuts to the first twelve digits; empty if the forge names none
     */
    record Side(String repository, String branch, String commit) {}

    /**
     * Somebody judged a pull request.
     *
     * @param reviewer what their account is called
     * @param reviewerId what stays when it is called otherwise, or another is called so; empty if the forge does not say
     * @param commit what was judged; empty if the forge does not say
     */
    record Review(
            String repository,
            long number,
            Opinion opinion,
            String reviewer,
            Optional<String> reviewerId,
            String commit)
            implements ForgeEvent {

        /** The judgement. */
        public enum Opinion {
            APPROVED,
            CHANGES_REQUESTED,
            DISMISSED
        }
    }

    /** The forge tries whether we are there. */
    record Ping() implements ForgeEvent {}

    /** Nothing that concerns us. */
    record Ignored(String reason) implements ForgeEvent {}
}
