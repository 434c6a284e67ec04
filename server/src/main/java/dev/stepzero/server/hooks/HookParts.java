package dev.stepzero.server.hooks;

import dev.stepzero.core.egress.EgressGuard;
import dev.stepzero.guard.identity.SealingKey;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.findings.Findings;
import dev.stepzero.ship.forge.client.ForgeHttp;
import dev.stepzero.ship.forge.client.Patience;
import dev.stepzero.ship.forge.endpoint.Endpoints;
import dev.stepzero.ship.forge.endpoint.ForgeTokens;
import dev.stepzero.ship.forge.endpoint.WebhookSecretBook;
import dev.stepzero.ship.forge.inbox.Claims;
import dev.stepzero.ship.forge.inbox.Deliveries;
import dev.stepzero.ship.forge.inbox.DeliveryWork;
import dev.stepzero.ship.forge.inbox.Refusals;
import dev.stepzero.ship.forge.inbox.Retries;
import dev.stepzero.ship.forge.inbox.SeenRefs;
import dev.stepzero.ship.forge.inbox.Triggers;
import dev.stepzero.ship.forge.report.DueReports;
import dev.stepzero.ship.forge.report.ForgeClients;
import dev.stepzero.ship.forge.report.Reporting;
import dev.stepzero.ship.git.Mirrors;
import dev.stepzero.ship.queue.RunQueue;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of {@code ship/forge}. */
@Configuration(proxyBeanMethods = false)
class HookParts {
    private static final Duration FORGE_PATIENCE = Duration.ofSeconds(15);

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
        return new Deliveries(jdbi, clock);
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
    DeliveryWork deliveryWork(
            Jdbi jdbi, Triggers triggers, EndpointBook book, Endpoints endpoints, Mirrors mirrors, Clock clock) {
        // Asking the book spares two statements a delivery; of what it does not know yet the tables tell.
        return new DeliveryWork(
                new Claims(jdbi, clock, Retries.USUAL),
                triggers,
                name -> book.project(name).or(() -> endpoints.find(name)),
                mirrors,
                clock);
    }

    @Bean
    ForgeHttp forgeHttp(EgressGuard guard) {
        return ForgeHttp.start(guard, FORGE_PATIENCE);
    }

    @Bean
    ForgeClients forgeClients(ForgeHttp http, SealingKey key, SecureRandom random, Clock clock) {
        return new ForgeClients(http, Patience.usual(clock, random), key.derived("comments at forges"));
    }

    @Bean
    Reporting reporting(
            Jdbi jdbi,
            Findings findings,
            Endpoints endpoints,
            ForgeTokens tokens,
            ForgeClients clients,
            ServerSettings settings,
            Clock clock) {
        return new Reporting(
                new DueReports(jdbi, clock),
                findings,
                endpoints::find,
                tokens::of,
                clients,
                settings.address(settings.listen().port()));
    }
}
