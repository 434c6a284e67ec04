package dev.stepzero.ship.review;

import java.util.OptionalLong;
import java.util.Set;

/**
 * A commit that somebody proposes to bring into a branch.
 *
 * @param number the pull request's, or the review request's
 * @param base a commit of the branch that it was not in yet
 * @param head the commit that is proposed
 * @param proposers the accounts that proposed or pushed it
 * @param syntax how {@code CODEOWNERS} is read
 */
public record Proposal(
        String project,
        OptionalLong number,
        String base,
        String head,
        Set<String> proposers,
        CodeOwners.Syntax syntax) {
    public Proposal {
        proposers = Set.copyOf(proposers);
    }
}
