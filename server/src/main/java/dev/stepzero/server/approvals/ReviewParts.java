package dev.stepzero.server.approvals;

import dev.stepzero.ship.review.Reviews;
import dev.stepzero.ship.review.WaitingChanges;
import java.time.Clock;
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
}
