package dev.stepzero.server.hooks;

import dev.stepzero.core.egress.AddressRange;
import dev.stepzero.core.egress.EgressGuard;
import dev.stepzero.guard.identity.SealingKey;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.endpoint.Endpoints;
import dev.stepzero.ship.forge.inbox.Deliveries;
import dev.stepzero.ship.forge.inbox.DeliveryWork;
import dev.stepzero.ship.forge.inbox.Refusals;
import dev.stepzero.ship.forge.inbox.RequestedRuns;
import dev.stepzero.ship.forge.inbox.Retries;
import dev.stepzero.ship.forge.inbox.Triggers;
import dev.stepzero.ship.git.Mirror;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of {@code ship/forge}. */
@Configuration(proxyBeanMethods = false)
class HookParts {
    /** Networks of one's own where forges are, such as {@code 10.1.0.0/16}, separated by commas. */
    private static final String ALLOWED = "STEPZERO_FORGE_NETWORKS";

    @Bean
    Endpoints endpoints(Jdbi jdbi, SealingKey key, Clock clock) {
        return new Endpoints(jdbi, key, clock);
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
    RequestedRuns requestedRuns(Jdbi jdbi, Clock clock) {
        return new RequestedRuns(jdbi, clock, Retries.USUAL);
    }

    @Bean
    Triggers triggers(RequestedRuns runs) {
        var log = LoggerFactory.getLogger("dev.stepzero.server.hooks.reviews");
        return new Triggers(
                runs,
                (project, review) -> log.info("{}: {} by {}", project.name(), review.opinion(), review.reviewer()));
    }

    @Bean
    EgressGuard forgeEgress(ServerSettings settings) {
        var blocks = settings.environment().getOrDefault(ALLOWED, "").split(",");
        return EgressGuard.allowing(Arrays.stream(blocks)
                .map(String::strip)
                .filter(block -> !block.isEmpty())
                .map(AddressRange::parse)
                .collect(Collectors.toSet()));
    }

    @Bean
    InboxWork inboxWork(
            Deliveries deliveries, Triggers triggers, Endpoints endpoints, EgressGuard guard, ServerSettings settings) {
        var mirrors = settings.home().root().resolve("mirrors");
        var work = new DeliveryWork(
                deliveries,
                triggers,
                endpoints::find,
                project -> project.forge() == Forge.OWN
                        ? Mirror.ofDirectories(mirrors.resolve(project.name()))
                        : Mirror.in(mirrors.resolve(project.name()), guard));
        return work::once;
    }
}
