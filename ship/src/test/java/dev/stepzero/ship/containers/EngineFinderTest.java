package dev.stepzero.ship.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineFinderTest {

    @TempDir
    Path home;

    @Test
    void enginesCanBeSwitchedOff() throws Exception {
        var search = ContainerEngine.find(Map.of("STEPZERO_ENGINE", "none"), home);

        assertThat(search).isEqualTo(new EngineSearch.Missing("STEPZERO_ENGINE=none switches container engines off"));
    }

    @Test
    void aHostThatIsNotThereIsMissingWithTheReason() throws Exception {
        var search = ContainerEngine.find(Map.of("DOCKER_HOST", "unix://" + home.resolve("none.sock")), home);

        assertThat(search)
                .isInstanceOfSatisfying(
                        EngineSearch.Missing.class,
                        missing -> assertThat(missing.reason()).contains("none.sock"));
    }

    @Test
    void aHostThatIsNoAddressIsMissingWithTheReason() throws Exception {
        var search = ContainerEngine.find(Map.of("DOCKER_HOST", "carrier pigeon"), home);

        assertThat(search)
                .isInstanceOfSatisfying(
                        EngineSearch.Missing.class,
                        missing -> assertThat(missing.reason()).contains("carrier pigeon"));
    }

    @Test
    void aSocketThatTakesCallsButDoesNotAnswerIsMissing() throws Exception {
        var socket = home.resolve("mute.sock");
        try (var mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            mute.bind(UnixDomainSocketAddress.of(socket));

            var environment = Map.of("DOCKER_HOST", "unix://" + socket);
            var search = new EngineFinder(environment, home, Duration.ofSeconds(1)).find();

            assertThat(search)
                    .isInstanceOfSatisfying(
                            EngineSearch.Missing.class,
                            missing -> assertThat(missing.reason()).contains("has not answered"));
        }
    }

    @Test
    void anInstalledPodmanIsStartedAndFoundAgain() throws Exception {
        TestEngine.requireProgram(Path.of("/usr/bin/podman"));
        var environment = Map.of("PATH", "/usr/bin");

        var first = ContainerEngine.find(environment, home);
        var second = ContainerEngine.find(environment, home);

        assertThat(first).isInstanceOf(EngineSearch.Found.class);
        assertThat(second).isInstanceOf(EngineSearch.Found.class);
        assertThat(Files.exists(home.resolve("podman.sock"))).isTrue();
    }
}
