package dev.stepzero.server.approvals;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import dev.stepzero.ship.review.Bypass;
import dev.stepzero.ship.review.Opinion;
import dev.stepzero.ship.review.Person;
import dev.stepzero.ship.review.Reviews;
import dev.stepzero.ship.review.WaitingChange;
import dev.stepzero.ship.review.WaitingChanges;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Writes down what people of the server say about changes, in the ledger too. A program has no opinion. */
@Component
public class GivenOpinions {
    private static final int MOST = 200;

    private final WaitingChanges changes;
    private final Reviews reviews;
    private final People people;
    private final Ledger ledger;
    private final Clock clock;

    GivenOpinions(WaitingChanges changes, Reviews reviews, People people, Ledger ledger, Clock clock) {
        this.changes = changes;
        this.reviews = reviews;
        this.people = people;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Records an opinion about a commit of a change.
     *
     * @param commit what the person looked at: the latest of the change, or it counts for nothing and is refused
     * @throws ResponseStatusException 404 if no such change waits, 403 for a program
     * @throws UserError if the change has another commit by now
     */
    public void give(String project, long change, String commit, Opinion.Kind kind, Principal principal, Actor who) {
        requirePerson(principal);
        var waiting = waiting(project, change, commit);
        var key = waiting.verified().run().key();
        var email = people.find(principal.id()).map(person -> person.email()).orElse("");
        var reviewer = new Person(principal.name(), Set.of(email));
        reviews.record(key.project(), OptionalLong.of(waiting.number()), key.commit(), reviewer, kind);
        var outcome = kind == Opinion.Kind.APPROVED ? Outcome.ALLOWED : Outcome.DENIED;
        write("review.give", new Thing("commit", key.commit(), key.project(), ""), outcome, "", waiting.number(), who);
    }

    private WaitingChange waiting(String project, long change, String commit) {
        var found = changes.page(Optional.of(project), Optional.empty(), MOST).stream()
                .filter(each -> each.number() == change)
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (!found.verified().run().key().commit().equals(commit)) {
            throw UserError.blocked("the change has another commit by now").fix("look at that one first");
        }
        return found;
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
