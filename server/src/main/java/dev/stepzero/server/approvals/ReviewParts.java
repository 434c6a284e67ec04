package dev.stepzero.server.approvals;

import dev.stepzero.ship.forge.own.Merging;
import dev.stepzero.ship.forge.own.OwnRepositories;
import dev.stepzero.ship.forge.own.PushLedger;
import dev.stepzero.ship.forge.own.ReviewRequests;
import dev.stepzero.ship.git.Mirrors;
import dev.stepzero.ship.review.ChangeReview;
import dev.stepzero.ship.review.CommitReview;
import dev.stepzero.ship.review.MergedReview;
import dev.stepzero.ship.review.ReviewPolicy;
import dev.stepzero.ship.review.Reviews;
import dev.stepzero.ship.review.WaitingChanges;
import java.time.Clock;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reviews over the server's own database. */
@Configuration(proxyBeanMethods = false)
class ReviewParts {
    @Bean
    Reviews reviews(Jdbi jdbi, Clock clock) {
        return new Reviews(jdbi, clock);
    }

    @Bean
    WaitingChanges waitingChanges(Jdbi jdbi, Clock clock) {
        return new WaitingChanges(jdbi, clock);
    }

    /** Teams are a forge's: here a file names people. */
    @Bean
    ChangeReview changeReview(Reviews reviews) {
        return new ChangeReview(reviews, ReviewPolicy.USUAL, team -> Set.of());
    }

    @Bean
    CommitReview commitReview(Jdbi jdbi, Reviews reviews, ChangeReview judge) {
        return new MergedReview(jdbi, reviews, judge);
    }

    @Bean
    Merging merging(
            OwnRepositories repositories,
            ReviewRequests requests,
            WaitingChanges changes,
            ChangeReview review,
            PushLedger ledger,
            Mirrors mirrors,
            Clock clock) {
        return new Merging(repositories, requests, changes, review, ledger, mirrors, clock);
    }
}
