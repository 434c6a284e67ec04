package dev.stepzero.server.hooks;

import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import dev.stepzero.server.approvals.Reviewers;
import dev.stepzero.ship.forge.ForgeEvent;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.review.Opinion;
import dev.stepzero.ship.review.Person;
import dev.stepzero.ship.review.Reviews;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Writes down what forges say that people said. An account that an administrator has entered as somebody's speaks for
 * them. Any other is nobody that Stepzero knows, whatever it is called: a request for changes holds a change up, and an
 * approval is shown and does not count.
 */
@Component
class ForgeReviews {
    private final Reviews reviews;
    private final Reviewers reviewers;
    private final Ledger ledger;
    private final Clock clock;

    ForgeReviews(Reviews reviews, Reviewers reviewers, Ledger ledger, Clock clock) {
        this.reviews = reviews;
        this.reviewers = reviewers;
        this.ledger = ledger;
        this.clock = clock;
    }

    void record(ForgeProject project, ForgeEvent.Review review) {
        var kind = switch (review.opinion()) {
            case APPROVED -> Opinion.Kind.APPROVED;
            case CHANGES_REQUESTED -> Opinion.Kind.CHANGES_REQUESTED;
            case DISMISSED -> Opinion.Kind.DISMISSED;
        };
        var reviewer = reviewers
                .atForge(project, review.reviewer(), review.reviewerId())
                .orElseGet(() -> new Person(project.forge().label() + ":" + review.reviewer(), Set.of()));
        reviews.record(project.name(), OptionalLong.of(review.number()), review.commit(), reviewer, kind);
        ledger.append(new Entry(
                new Actor(reviewer.account(), "", ""),
                "review.give",
                new Thing("commit", review.commit(), project.name(), ""),
                clock.instant(),
                kind == Opinion.Kind.APPROVED ? Outcome.ALLOWED : Outcome.DENIED,
                "",
                Details.of(Map.of(
                        "number", review.number(), "at", project.forge().label(), "account", review.reviewer()))));
    }
}
