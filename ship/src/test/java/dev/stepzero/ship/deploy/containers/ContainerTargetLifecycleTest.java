package dev.stepzero.ship.deploy.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.containers.ContainerMount;
import dev.stepzero.ship.containers.ContainerSpec;
import dev.stepzero.ship.containers.Labels;
import dev.stepzero.ship.containers.TestEngine;
import dev.stepzero.ship.containers.TestImage;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.Release;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an environment begins, fails and ends; most without a database, as that takes longest. */
class ContainerTargetLifecycleTest {
    @TempDir
    static Path engineHome;

    @TempDir
    Path home;

    private TestReleases releases;
    private ContainerEngine engine;
    private TestEnvironment environment;

    @BeforeEach
    void find() throws Exception {
        engine = TestEngine.require(engineHome);
        releases = TestReleases.require();
        environment = TestEnvironment.of(engine, releases.tiers(), home, false);
    }

    @AfterEach
    void remove() throws InterruptedException {
        if (environment != null) {
            environment.remove();
        }
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void beforeTheFirstReleaseNothingServes() throws Exception {
        var tiers = environment.prepare();

        assertThat(tiers.serving()).isEmpty();
        assertThat(tiers.running(Colour.BLUE)).isEmpty();
        assertThat(environment.get(tiers.live(), "/health").statusCode()).isEqualTo(503);
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        var port = environment.spec.loadBalancer().port();
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();

            assertThatThrownBy(environment::prepare).isInstanceOfSatisfying(UserError.class, error -> {
                assertThat(error.status()).isEqualTo(ExitStatus.ENGINE);
                assertThat(error.what()).contains("port " + port + " on 127.0.0.1 is taken");
                assertThat(error.fix()).isPresent();
            });
        }

        assertThat(environment.prepare().serving()).isEmpty();
    }

    @Test
    void aReleaseThatDoesNotAnswerRightlyNeverServes() throws Exception {
        environment.ship(releases.first());
        var wrong = new Release(
                "answering",
                "f".repeat(40),
                releases.second().image(),
                releases.second().layout());

        assertThatThrownBy(() -> environment.withPatience(3).ship(wrong, fromTheMomentThatItListens(Colour.GREEN)))
                .isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.status()).isEqualTo(ExitStatus.BLOCKED);
                    assertThat(error.what()).contains("rolled back: blue serves as before");
                });

        assertThat(environment.said).anyMatch(line -> line.endsWith("-green-1: listening"));
        assertThat(environment.prepare().running(Colour.GREEN)).isEmpty();
        assertThat(environment.live("/version")).isEqualTo(releases.first().commit());
    }

    /** A clock that stands still before a colour has said something, however long its machine takes to start it. */
    private Clock fromTheMomentThatItListens(Colour colour) {
        var begun = Instant.now();
        InstantSource source = () -> hasSpoken(environment.names.replica(colour, 1)) ? Instant.now() : begun;
        return source.withZone(ZoneOffset.UTC);
    }

    private boolean hasSpoken(String container) {
        try {
            return engine.containers().inspect(container).isPresent()
                    && engine.containers().output(container, 10).contains("listening");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Test
    void removingLeavesNothingBehind() throws Exception {
        environment.ship(releases.first());

        environment.remove();

        assertThat(environment.containers()).isEmpty();
        assertThat(engine.networks().list(environment.names.labels())).isEmpty();
        assertThat(environment.program("volume", "ls", "-q")).doesNotContain(environment.spec.project());
        try (var left = Files.list(environment.spec.home())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void removingTwiceIsFine() throws Exception {
        environment.prepare();

        environment.remove();
        environment.remove();

        assertThat(environment.containers()).isEmpty();
    }

    @Test
    void aContainerOfSomebodyElseIsNotTouched() throws Exception {
        var name = environment.names.part("load-balancer");
        var layout = home.resolve("busybox");
        var image = engine.images().load(layout, TestImage.busybox().write(layout));
        engine.containers()
                .create(ContainerSpec.builder(name, image, Labels.of(Labels.PROJECT, "other"))
                        .command(List.of("sleep", "60"))
                        .build());
        try {
            assertThatThrownBy(environment::prepare)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(name + " is there that is not of this environment");
            assertThat(engine.containers().inspect(name)).isPresent();
        } finally {
            engine.containers().remove(name);
        }
    }

    @Test
    void aDatabaseWhoseSetupWasCutOffIsSetUpAnew() throws Exception {
        environment = TestEnvironment.of(engine, releases.tiers(), home, true);
        var volume = environment.names.part("database");
        var layout = home.resolve("busybox");
        var image = engine.images().load(layout, TestImage.busybox().write(layout));
        engine.volumes().ensure(volume, environment.names.labels(Tier.DATABASE));
        var cut = environment.names.part("cut-off");
        engine.containers()
                .create(ContainerSpec.builder(cut, image, environment.names.labels())
                        .command(List.of("mkdir", "/data/cluster"))
                        .mount(new ContainerMount.Volume(volume, "/data"))
                        .build());
        engine.containers().start(cut);
        engine.containers().await(cut, TestEnvironment.LONG);
        engine.containers().remove(cut);

        var tiers = environment.prepare();
        tiers.migrate(releases.first());

        assertThat(environment.containers())
                .extracting(state -> state.name())
                .contains(environment.names.part("database"));
    }
}
