package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.containers.EngineSearch;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

class ContainerShipTest extends ShipSpecification {
    @Override
    Session user(Path home) throws Exception {
        var user = Session.withEngine(home);
        switch (ContainerEngine.find(user.environment(), home)) {
            case EngineSearch.Found(var engine) -> engine.close();
            case EngineSearch.Missing(var reason) -> {
                assertThat(System.getenv("STEPZERO_REQUIRE_ENGINES")).as(reason).isNotEqualTo("1");
                throw new TestAbortedException("no container engine: " + reason);
            }
        }
        return user;
    }

    @Override
    String target() {
        return "containers";
    }
}
