package dev.stepzero.ship.review;

import dev.stepzero.ship.git.Mirror;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Judges a proposal by its commits, by what people said of them, and by who owns what they touch. */
public final class ChangeReview {
    private final Reviews reviews;
    private final ReviewPolicy policy;
    private final Reviewing.Teams teams;

    public ChangeReview(Reviews reviews, ReviewPolicy policy, Reviewing.Teams teams) {
        this.reviews = reviews;
        this.policy = policy;
        this.teams = teams;
    }

    /**
     * The judgement of a proposal.
     *
     * @param mirror the project's own, which has both commits
     * @throws dev.stepzero.core.UserError if it is too large to be judged
     */
    public ReviewOutcome judge(Proposal proposal, Mirror mirror) {
        var change = new Change(
                proposal.head(), authors(proposal, mirror), mirror.changedPaths(proposal.base(), proposal.head()));
        return new Reviewing(policy, owners(proposal, mirror), teams)
                .judge(
                        change,
                        reviews.opinions(proposal.project(), proposal.number(), proposal.head()),
                        reviews.bypass(proposal.project(), proposal.head()));
    }

    /** Whether an approval of somebody's counts: they had no hand in the proposal, and we know by which addresses. */
    public boolean mayApprove(Proposal proposal, Mirror mirror, Person person) {
        return authors(proposal, mirror).excludes(person);
    }

    private static Authors authors(Proposal proposal, Mirror mirror) {
        return Authors.of(mirror.contributions(proposal.base(), proposal.head()), proposal.proposers());
    }

    /** The file of the branch that the change goes to: nobody gives themselves what they change. */
    private static CodeOwners owners(Proposal proposal, Mirror mirror) {
        try (var repository = mirror.open("")) {
            var base = repository.commit(proposal.base());
            for (var place : proposal.syntax().places()) {
                Optional<byte[]> file = repository.fileOfRoot(base, place);
                if (file.isPresent()) {
                    return CodeOwners.parse(new String(file.get(), StandardCharsets.UTF_8), proposal.syntax(), place);
                }
            }
            return CodeOwners.none();
        }
    }
}
