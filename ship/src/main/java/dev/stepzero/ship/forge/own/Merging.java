package dev.stepzero.ship.forge.own;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.engine.RunSummary;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.git.Mirror;
import dev.stepzero.ship.git.Mirror.Contribution;
import dev.stepzero.ship.git.Mirrors;
import dev.stepzero.ship.review.ChangeReview;
import dev.stepzero.ship.review.CodeOwners;
import dev.stepzero.ship.review.Person;
import dev.stepzero.ship.review.Proposal;
import dev.stepzero.ship.review.ReviewOutcome;
import dev.stepzero.ship.review.WaitingChanges;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * Judges and merges what is proposed to repositories of our own. The protected branch moves from the very commit that
 * was judged, or not at all: whoever pushed or merged meanwhile makes the merge be tried anew.
 */
public final class Merging {
    private static final int LONGEST_DIFF = 5_000;

    private final OwnRepositories repositories;
    private final ReviewRequests requests;
    private final WaitingChanges changes;
    private final ChangeReview review;
    private final PushLedger ledger;
    private final Mirrors mirrors;
    private final Clock clock;

    public Merging(
            OwnRepositories repositories,
            ReviewRequests requests,
            WaitingChanges changes,
            ChangeReview review,
            PushLedger ledger,
            Mirrors mirrors,
            Clock clock) {
        this.repositories = repositories;
        this.requests = requests;
        this.changes = changes;
        this.review = review;
        this.ledger = ledger;
        this.mirrors = mirrors;
        this.clock = clock;
    }

    /**
     * How a request stands.
     *
     * @param base the protected branch's commit by which it was judged
     * @param commits what it brings, newest first
     * @param diff what it does to files, as git writes it, up to five thousand lines
     * @param verified the last verification of its head
     * @param hindrances why it cannot be merged now; none if it can
     */
    public record Standing(
            String base,
            List<Contribution> commits,
            List<String> diff,
            ReviewOutcome outcome,
            Optional<RunSummary> verified,
            List<String> hindrances) {
        public Standing {
            commits = List.copyOf(commits);
            diff = List.copyOf(diff);
            hindrances = List.copyOf(hindrances);
        }
    }

    /**
     * Judges a request against the protected branch as it is now.
     *
     * @throws UserError if it is too large to be judged
     */
    public Standing look(ForgeProject project, ReviewRequest request) throws InterruptedException {
        var mirror = fetched(project, request);
        var base = tip(project);
        var verified = changes.verification(project.name(), request.number(), request.head());
        var outcome = review.judge(proposal(project, request, base), mirror);
        return new Standing(
                base,
                mirror.contributions(base, request.head()),
                mirror.diff(base, request.head(), LONGEST_DIFF),
                outcome,
                verified,
                hindrances(request, mirror, base, outcome, verified));
    }

    /** Whether an approval of somebody's counts, of what a request is now. */
    public boolean mayApprove(ForgeProject project, ReviewRequest request, Person person) throws InterruptedException {
        return review.mayApprove(proposal(project, request, tip(project)), fetched(project, request), person);
    }

    private static List<String> hindrances(
            ReviewRequest request, Mirror mirror, String base, ReviewOutcome outcome, Optional<RunSummary> verified) {
        var reasons = new ArrayList<String>();
        if (outcome instanceof ReviewOutcome.Missing missing) {
            reasons.addAll(missing.reasons());
        }
        var status = verified.map(RunSummary::status);
        if (status.isEmpty()) {
            reasons.add("the commit was not verified yet");
        } else if (status.get() != RunStatus.SUCCEEDED) {
            reasons.add("the commit's verification is " + status.get().label());
        }
        var common = commonPaths(request, mirror, base);
        if (!common.isEmpty()) {
            reasons.add("%s has changed %s since: bring the change onto it and push again"
                    .formatted(
                            request.target(), common.size() > 1 ? common.size() + " of its files" : common.getFirst()));
        }
        return reasons;
    }

    /** What both sides touched since they parted was seen together by nobody, even where git can merge it. */
    private static List<String> commonPaths(ReviewRequest request, Mirror mirror, String base) {
        if (mirror.isMergedInto(base, request.head())) {
            return List.of();
        }
        var theirs = mirror.changedPaths(request.head(), base);
        return mirror.changedPaths(base, request.head()).stream()
                .filter(theirs::contains)
                .sorted()
                .toList();
    }

    /**
     * Brings a request into the protected branch.
     *
     * @param who as the ledger has them
     * @param person as the merge commit has them
     * @return the branch's new commit
     * @throws UserError if something stands in the way, or the branch moved meanwhile
     */
    public String merge(ForgeProject project, ReviewRequest request, Actor who, Person person)
            throws InterruptedException {
        requireOpen(request);
        var base = tip(project);
        if (fetched(project, request).isMergedInto(request.head(), base)) {
            return settle(request, who, request.head());
        }
        var standing = look(project, request);
        if (!standing.hindrances().isEmpty() || !standing.base().equals(base)) {
            throw refused(project, request, who, standing.hindrances());
        }
        var ident = ident(person);
        var made = repositories
                .merge(project, base, request.head(), ident, message(request, standing.outcome()))
                .orElseThrow(() -> refused(project, request, who, List.of("the two contradict each other")));
        // Written down first: whether it happened, the branch tells whoever works on it.
        ledger.decided(
                project.name(),
                who,
                request.number(),
                "review.merge",
                Outcome.ALLOWED,
                standing.outcome() instanceof ReviewOutcome.Bypassed ? "without a review" : "",
                Map.of("head", request.head(), "before", base, "after", made));
        var announced = ledger.announceMerge(project.name(), who, project.mainRef(), base, made);
        if (!repositories.advance(project, base, made, ident)) {
            throw refused(project, request, who, List.of(request.target() + " moved in this moment"));
        }
        announced.run();
        return settle(request, who, made);
    }

    private String settle(ReviewRequest request, Actor who, String merged) {
        if (requests.end(request, who.principal(), Optional.of(merged))) {
            ledger.announceEnd(request.project(), who, request);
        }
        return merged;
    }

    /** Ends a request without merging it. @throws UserError if it is over, or moved meanwhile */
    public void close(ReviewRequest request, Actor who) {
        if (!requests.end(request, who.principal(), Optional.empty())) {
            throw over();
        }
        ledger.decided(
                request.project(),
                who,
                request.number(),
                "review.close",
                Outcome.SUCCEEDED,
                "",
                Map.of("head", request.head()));
        ledger.announceEnd(request.project(), who, request);
    }

    private UserError refused(ForgeProject project, ReviewRequest request, Actor who, List<String> why) {
        var reason = why.isEmpty() ? request.target() + " moved in this moment" : String.join("; ", why);
        ledger.decided(
                project.name(),
                who,
                request.number(),
                "review.merge",
                Outcome.DENIED,
                reason,
                Map.of("head", request.head()));
        return UserError.blocked("request %d cannot be merged: %s".formatted(request.number(), reason))
                .fix("mend that and try again");
    }

    private static void requireOpen(ReviewRequest request) {
        if (!request.isOpen()) {
            throw over();
        }
    }

    private static UserError over() {
        return UserError.blocked("the request is over, or has another commit by now")
                .fix("look at it again");
    }

    private Mirror fetched(ForgeProject project, ReviewRequest request) throws InterruptedException {
        var mirror = mirrors.of(project.name(), project.registered().cloneUrl());
        mirror.fetch(List.of(project.mainRef(), request.ref()));
        return mirror;
    }

    private String tip(ForgeProject project) {
        return repositories
                .tip(project, project.mainRef())
                .orElseThrow(() -> UserError.blocked("there is no %s yet".formatted(project.mainBranch()))
                        .fix("begin it by a first push"));
    }

    private static Proposal proposal(ForgeProject project, ReviewRequest request, String base) {
        return new Proposal(
                project.name(),
                OptionalLong.of(request.number()),
                base,
                request.head(),
                Set.of(request.author()),
                CodeOwners.Syntax.GITHUB);
    }

    private PersonIdent ident(Person person) {
        var address = person.addresses().stream().sorted().findFirst().orElse(person.account() + "@stepzero.invalid");
        return new PersonIdent(person.account(), address, clock.instant(), ZoneOffset.UTC);
    }

    private static String message(ReviewRequest request, ReviewOutcome outcome) {
        var text = new StringBuilder("Merge review request %d: %s\n".formatted(request.number(), request.title()));
        if (outcome instanceof ReviewOutcome.Reviewed reviewed) {
            reviewed.approvers().forEach(each -> text.append("\nReviewed-by: ").append(each.account()));
        }
        return text.append('\n').toString();
    }
}
