package dev.stepzero.server.approvals;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import dev.stepzero.ship.review.Bypass;
import dev.stepzero.ship.review.Opinion;
import dev.stepzero.ship.review.Reviews;
import dev.stepzero.ship.review.WaitingChanges;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Writes down what people of the server say about changes, in the ledger too. A program has no opinion. */
@Component
public class GivenOpinions {
    private static final int MOST = 200;

    /** As the matrix has them. */
    private static final List<Role> BYPASSES = List.of(Role.OPERATOR, Role.SECURITY);

    private final WaitingChanges changes;
    private final Reviews reviews;
    private final Reviewers reviewers;
    private final OwnChanges own;
    private final Ledger ledger;
    private final Clock clock;

    GivenOpinions(
            WaitingChanges changes, Reviews reviews, Reviewers reviewers, OwnChanges own, Ledger ledger, Clock clock) {
        this.changes = changes;
        this.reviews = reviews;
        this.reviewers = reviewers;
        this.own = own;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Records an opinion about a commit of a change.
     *
     * @param commit what the person looked at: the latest of the change, or it counts for nothing and is refused
     * @throws ResponseStatusException 404 if no such change waits, 403 for a program
     * @throws UserError if the change has another commit by now, or the approval would not count
     */
    public void give(String project, long change, String commit, Opinion.Kind kind, Principal principal, Actor who)
            throws InterruptedException {
        requirePerson(principal);
        if (own.has(project, change)) {
            own.requireCounts(project, change, commit, kind, principal);
        } else {
            requireWaiting(project, change, commit);
        }
        reviews.record(project, OptionalLong.of(change), commit, reviewers.of(principal, project), kind);
        var outcome = kind == Opinion.Kind.APPROVED ? Outcome.ALLOWED : Outcome.DENIED;
        write("review.give", new Thing("commit", commit, project, ""), outcome, "", change, who);
    }

    /**
     * Lets a commit through without a review, in an emergency.
     *
     * @param commit its whole id
     * @throws ResponseStatusException 403 for a program, and for who may not
     * @throws UserError if no reason is given, or it was let through already
     */
    public void bypass(String project, String commit, String reason, Principal principal, Actor who) {
        requirePerson(principal);
        if (!commit.matches("[0-9a-f]{40}")) {
            throw UserError.usage("a bypass is for one commit").fix("write all forty digits of its id");
        }
        var role = BYPASSES.stream()
                .filter(each -> principal.has(each, project))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.FORBIDDEN));
        var bypass = reviews.bypass(project, commit, who.principal(), role.word(), reason);
        write("bypass.give", new Thing("commit", commit, project, ""), Outcome.ALLOWED, reason, bypass.id(), who);
    }

    private void requireWaiting(String project, long change, String commit) {
        var found = changes.page(Optional.of(project), Optional.empty(), MOST).stream()
                .filter(each -> each.number() == change)
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (!found.verified().run().key().commit().equals(commit)) {
            throw UserError.blocked("the change has another commit by now").fix("look at that one first");
        }
    }

    /**
     * Records that somebody looked afterwards at what went without a review.
     *
     * @throws ResponseStatusException 404 if there is none that is open, 403 for a program
     * @throws UserError if they bypassed the review themselves
     */
    public void lookedAt(String project, long bypass, String note, Principal principal, Actor who) {
        requirePerson(principal);
        var commit = reviews.openBypasses().stream()
                .filter(each -> each.id() == bypass && each.project().equals(project))
                .findFirst()
                .map(Bypass::commit)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        reviews.reviewed(bypass, who.principal(), note);
        write("bypass.review", new Thing("commit", commit, project, ""), Outcome.SUCCEEDED, note, bypass, who);
    }

    private static void requirePerson(Principal principal) {
        if (principal.kind() != Principal.Kind.PERSON) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }

    private void write(String action, Thing thing, Outcome outcome, String reason, long number, Actor who) {
        var details = Details.of(Map.of("number", number));
        ledger.append(new Entry(who, action, thing, clock.instant(), outcome, reason, details));
    }
}
