package dev.stepzero.server.git;

import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.ship.forge.inbox.Deliveries;
import dev.stepzero.ship.forge.own.OwnRepositories;
import dev.stepzero.ship.forge.own.PushLedger;
import dev.stepzero.ship.forge.own.PushLimits;
import dev.stepzero.ship.forge.own.ReviewRequests;
import dev.stepzero.store.Database;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of {@code ship/forge/own}. */
@Configuration(proxyBeanMethods = false)
class GitParts {
    @Bean
    InstalledLedger installedLedger(ServerSettings settings, Database database, Clock clock) {
        return InstalledLedger.open(settings.home(), database.dataSource(), clock);
    }

    @Bean
    Ledger ledger(InstalledLedger installed) {
        return installed.ledger();
    }

    @Bean
    ReviewRequests reviewRequests(Jdbi jdbi, Clock clock) {
        return new ReviewRequests(jdbi, clock);
    }

    @Bean
    OwnRepositories ownRepositories(
            ServerSettings settings, Ledger ledger, Deliveries deliveries, ReviewRequests reviews, Clock clock) {
        return new OwnRepositories(
                settings.home().root().resolve("repositories"),
                new PushLedger(ledger, deliveries, clock),
                reviews,
                PushLimits.USUAL,
                clock);
    }
}
