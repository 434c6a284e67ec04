package dev.stepzero.server;

import dev.stepzero.server.clock.SteadyClock;
import dev.stepzero.store.Database;
import java.security.SecureRandom;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** The parts below the web: every wing's classes that pages and interfaces are made from. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
class ServerConfiguration {
    @Bean
    Jdbi jdbi(Database database) {
        return database.jdbi();
    }

    @Bean
    Clock clock() {
        return new SteadyClock(Clock.systemUTC(), System::nanoTime);
    }

    @Bean
    SecureRandom random() {
        return new SecureRandom();
    }
}
