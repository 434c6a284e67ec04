package dev.stepzero.server.approvals;

import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import dev.stepzero.ship.review.Opinion;
import dev.stepzero.ship.review.Person;
import dev.stepzero.ship.review.Reviews;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Writes down what people of the server say about changes, in the ledger too. */
@Component
class GivenOpinions {
    private final Reviews reviews;
    private final People people;
    private final Ledger ledger;
    private final Clock clock;

    GivenOpinions(Reviews reviews, People people, Ledger ledger, Clock clock) {
        this.reviews = reviews;
        this.people = people;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The viewer as reviews know them. */
    Person person(Principal principal) {
        var email = people.find(principal.id()).map(person -> person.email()).orElse("");
        return new Person(principal.name(), Set.of(email));
    }

    void give(String project, long change, String commit, Opinion.Kind kind, Principal principal, Actor who) {
        reviews.record(project, OptionalLong.of(change), commit, person(principal), kind);
        var outcome = kind == Opinion.Kind.APPROVED ? Outcome.ALLOWED : Outcome.DENIED;
        write("review.give", new Thing("commit", commit, project, ""), outcome, "", change, who);
    }

    /** Lets a commit through without a review. @throws dev.stepzero.core.UserError if no reason is given, or it was already */
    void bypass(String project, String commit, String role, String reason, Actor who) {
        var bypass = reviews.bypass(project, commit, who.principal(), role, reason);
        write("bypass.give", new Thing("commit", commit, project, ""), Outcome.ALLOWED, reason, bypass.id(), who);
    }

    void lookedAt(long bypass, String project, String commit, String note, Actor who) {
        reviews.reviewed(bypass, who.principal(), note);
        write("bypass.review", new Thing("commit", commit, project, ""), Outcome.SUCCEEDED, note, bypass, who);
    }

    private void write(String action, Thing thing, Outcome outcome, String reason, long number, Actor who) {
        var details = Details.of(Map.of("number", number));
        ledger.append(new Entry(who, action, thing, clock.instant(), outcome, reason, details));
    }
}
