package dev.stepzero.server.machines;

import dev.stepzero.guard.machines.MachineTrusts;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of {@code guard/machines}. */
@Configuration(proxyBeanMethods = false)
class MachinesConfiguration {
    @Bean
    MachineTrusts machineTrusts(Jdbi jdbi, Clock clock) {
        return new MachineTrusts(jdbi, clock);
    }
}
