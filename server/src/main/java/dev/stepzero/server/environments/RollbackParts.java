package dev.stepzero.server.environments;

import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.ship.Shipping;
import dev.stepzero.ship.rollbacks.Rollbacks;
import dev.stepzero.store.Database;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way back that ship goes, in the name of whoever asked. */
@Configuration(proxyBeanMethods = false)
class RollbackParts {
    @Bean
    Rollbacks.Way wayBack(ServerSettings settings, Database database, InstalledLedger ledger, Clock clock) {
        return (request, who) -> {
            try (var shipping =
                    Shipping.within(settings.home(), settings.environment(), clock, database, ledger, who)) {
                var commit = Optional.of(request.commit());
                return shipping.rollback(
                                request.project(),
                                request.environment(),
                                commit,
                                Optional.of(request.reason()),
                                line -> {})
                        .id();
            }
        };
    }

    @Bean
    Rollbacks rollbacks(Jdbi jdbi, Rollbacks.Way way, Clock clock) {
        return new Rollbacks(jdbi, way, clock);
    }
}
