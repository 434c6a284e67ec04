package dev.stepzero.ship.deploy.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.containers.TestEngine;
import dev.stepzero.ship.deploy.Colour;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerTargetTest {
    @TempDir
    static Path home;

    private static TestReleases releases;
    private static ContainerEngine engine;
    private static TestEnvironment environment;

    @BeforeAll
    static void deploy() throws Exception {
        releases = TestReleases.build();
        engine = TestEngine.require(home);
        environment = TestEnvironment.of(engine, releases.tiers(), home, true);
        assertThat(environment.ship(releases.first())).isEqualTo(Colour.BLUE);
    }

    @AfterAll
    static void remove() throws InterruptedException {
        if (environment != null) {
            environment.remove();
        }
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void theReplicasReachTheDatabaseEncryptedAsTheirOwnRole() throws Exception {
        assertThat(environment.live("/database")).isEqualTo("answering ssl=true");
    }
}
