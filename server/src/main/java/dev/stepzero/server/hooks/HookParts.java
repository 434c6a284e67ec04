package dev.stepzero.server.hooks;

import dev.stepzero.guard.identity.SealingKey;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.forge.endpoint.Endpoints;
import dev.stepzero.ship.forge.endpoint.WebhookSecretBook;
import dev.stepzero.ship.forge.inbox.Deliveries;
import dev.stepzero.ship.forge.inbox.DeliveryWork;
import dev.stepzero.ship.forge.inbox.Refusals;
import dev.stepzero.ship.forge.inbox.Retries;
import dev.stepzero.ship.forge.inbox.SeenRefs;
import dev.stepzero.ship.forge.inbox.Triggers;
import dev.stepzero.ship.git.Mirrors;
import dev.stepzero.ship.queue.RunQueue;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of {@code ship/forge}. */
@Configuration(proxyBeanMethods = false)
class HookParts {
    @Bean
    WebhookSecretBook webhookSecretBook(Jdbi jdbi, Projects projects, SealingKey key, Clock clock) {
        return new WebhookSecretBook(jdbi, projects, key, clock);
    }

    @Bean
    Endpoints endpoints(Jdbi jdbi, Projects projects, WebhookSecretBook secrets, Clock clock) {
        return new Endpoints(jdbi, projects, secrets, clock);
    }

    @Bean
    Deliveries deliveries(Jdbi jdbi, Clock clock) {
        return new Deliveries(jdbi, clock, Retries.USUAL);
    }

    @Bean
    Refusals refusals(Jdbi jdbi, Clock clock) {
        return new Refusals(jdbi, clock);
    }

    @Bean
    Triggers triggers(RunQueue queue, ForgeReviews reviews) {
        return new Triggers(queue, reviews::record);
    }

    @Bean
    SeenRefs seenRefs(Jdbi jdbi, Clock clock) {
        return new SeenRefs(jdbi, clock);
    }

    @Bean
    InboxWork inboxWork(Deliveries deliveries, Triggers triggers, Endpoints endpoints, Mirrors mirrors) {
        return new DeliveryWork(deliveries, triggers, endpoints::find, mirrors)::once;
    }
}
