package dev.stepzero.server.federation;

import dev.stepzero.guard.federation.FederatedIdentities;
import dev.stepzero.guard.identity.People;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of {@code guard/federation}. */
@Configuration(proxyBeanMethods = false)
class FederationConfiguration {
    @Bean
    FederatedIdentities federatedIdentities(Jdbi jdbi, People people, Clock clock) {
        return new FederatedIdentities(jdbi, people, clock);
    }
}
