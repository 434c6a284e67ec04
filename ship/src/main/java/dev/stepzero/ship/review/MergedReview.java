package dev.stepzero.ship.review;

import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.git.Mirror;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * Finds the approved proposal that a commit of the protected branch came from: it is that very commit, or nothing but
 * the merge of it into the commit before. What somebody slipped in is of no proposal.
 */
public final class MergedReview implements CommitReview {
    private static final int LOOKED_AT = 200;

    private final Jdbi jdbi;
    private final Reviews reviews;
    private final ChangeReview judge;

    public MergedReview(Jdbi jdbi, Reviews reviews, ChangeReview judge) {
        this.jdbi = jdbi;
        this.reviews = reviews;
        this.judge = judge;
    }

    @Override
    public ReviewOutcome of(RegisteredProject project, Mirror mirror, String commit) {
        var missing = new ReviewOutcome.Missing(List.of("nobody approved what became this commit"));
        ReviewOutcome outcome = missing;
        for (var head : reviews.approvedCommits(project.name(), LOOKED_AT)) {
            outcome = proposal(project, head)
                    .flatMap(proposal -> merged(proposal, mirror, commit))
                    .map(proposal -> judge.judge(proposal, mirror))
                    .orElse(missing);
            if (!outcome.equals(missing)) {
                break;
            }
        }
        return outcome instanceof ReviewOutcome.Missing
                ? reviews.bypass(project.name(), commit)
                        .<ReviewOutcome>map(ReviewOutcome.Bypassed::new)
                        .orElse(outcome)
                : outcome;
    }

    /** The proposal on the base that it was merged into; empty if the commit is something else. */
    private static Optional<Proposal> merged(Proposal proposal, Mirror mirror, String commit) {
        if (proposal.head().equals(commit)) {
            return Optional.of(proposal).filter(each -> mirror.isMergedInto(each.base(), commit));
        }
        return mirror.firstParent(commit)
                .filter(base -> mirror.isMergeOf(commit, base, proposal.head()))
                .map(base -> new Proposal(
                        proposal.project(),
                        proposal.number(),
                        base,
                        proposal.head(),
                        proposal.proposers(),
                        proposal.syntax()));
    }

    /** As it was when it was verified: its base was not merged into by then. */
    private Optional<Proposal> proposal(RegisteredProject project, String head) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select pull_request, base, requested_by from run_request
                        where project = :project and commit_id = :head and pull_request is not null and base is not null
                        order by id desc limit 1""")
                .bind("project", project.name())
                .bind("head", head)
                .map((row, context) -> new Proposal(
                        project.name(),
                        OptionalLong.of(row.getLong("pull_request")),
                        row.getString("base"),
                        head,
                        Set.of(row.getString("requested_by")),
                        project.provider().equals("gitlab") ? CodeOwners.Syntax.GITLAB : CodeOwners.Syntax.GITHUB))
                .findOne());
    }
}
