package dev.stepzero.ship.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Digest;
import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerEngineTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final String name = "stepzero-test-" + UUID.randomUUID().toString().substring(0, 8);
    private final Labels labels = Labels.of(Labels.RUN, name);
    private ContainerEngine engine;
    private Path layout;
    private Digest manifest;
    private ImageId image;

    @BeforeAll
    void loadBusybox(@TempDir Path home) throws Exception {
        engine = TestEngine.require(home);
        TestEngine.requireProgram(Path.of("/bin/busybox"));
        layout = Files.createTempDirectory("layout");
        manifest =
                TestImage.busybox().directory("data", ContainerSpec.USER, 0700).write(layout);
        image = engine.images().load(layout, manifest);
    }

    @AfterEach
    void removeContainers() throws Exception {
        for (var container : engine.containers().list(labels)) {
            engine.containers().remove(container.id());
        }
        engine.networks().remove(name);
        engine.volumes().remove(name);
    }

    @AfterAll
    void disconnect() {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void aLoadedImageHasTheIdOfItsConfiguration() {
        var config = LayoutImage.read(layout, manifest).config();

        assertThat(image.value()).isEqualTo(config.toString());
    }

    @Test
    void loadingAnImageAgainAnswersTheSameImage() throws Exception {
        var again = engine.images().load(layout, manifest);

        assertThat(again).isEqualTo(image);
    }

    @Test
    void aLayerThatIsNotWhatTheManifestSaysIsRefused(@TempDir Path broken) throws Exception {
        var digest = TestImage.busybox()
                .text("etc/motd", UUID.randomUUID().toString())
                .write(broken);
        var layer = LayoutImage.read(broken, digest).layers().getFirst();
        Files.writeString(broken.resolve("blobs/sha256/" + layer.hex()), "not a layer");

        assertThatThrownBy(() -> engine.images().load(broken, digest))
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.status()).isEqualTo(ExitStatus.ENGINE));
    }

    @Test
    void aManifestThatIsNotWhatItsDigestSaysIsRefused(@TempDir Path broken) throws Exception {
        var digest = TestImage.busybox().write(broken);
        Files.writeString(broken.resolve("blobs/sha256/" + digest.hex()), "{}");

        assertThatThrownBy(() -> engine.images().load(broken, digest))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the content of " + digest + " is another");
    }

    @Test
    void everythingThatAContainerWritesIsHeard() throws Exception {
        var result = run("echo first; echo second >&2; echo third");

        assertThat(result.output().lines()).containsExactlyInAnyOrder("first", "second", "third");
        assertThat(result.state().exitCode()).isZero();
    }

    @Test
    void theExitCodeIsTheCommands() throws Exception {
        var result = run("exit 7");

        assertThat(result.state().exitCode()).isEqualTo(7);
        assertThat(result.state().running()).isFalse();
    }

    @Test
    void aContainerRunsWithoutRootAndWithoutCapabilities() throws Exception {
        var result = run("id -u; grep -E '^(CapEff|CapBnd|NoNewPrivs|Seccomp):' /proc/self/status");

        assertThat(result.output().lines().map(line -> line.replaceAll("\\s+", " ")))
                .containsExactly(
                        "10001", "CapEff: 0000000000000000", "CapBnd: 0000000000000000", "NoNewPrivs: 1", "Seccomp: 2");
    }

    @Test
    void theRootIsReadOnlyAndTmpIsNot() throws Exception {
        var result = run("touch /file 2>&1; touch /tmp/file && echo written; grep ' /tmp ' /proc/mounts");

        assertThat(result.output()).contains("Read-only file system", "written", "nosuid", "nodev", "noexec");
    }

    @Test
    void withoutANetworkOnlyTheLoopbackIsThere() throws Exception {
        var result = run("ls /sys/class/net");

        assertThat(result.output()).isEqualTo("lo\n");
    }

    @Test
    void theMemoryLimitKills() throws Exception {
        var result = run("tail /dev/zero");

        assertThat(result.state().exitCode()).isEqualTo(137);
    }

    @Test
    void theProcessLimitHoldsOffAForkBomb() throws Exception {
        var result = run("for i in $(seq 400); do sleep 30 & done; echo all of them");

        assertThat(result.output()).contains("can't fork").doesNotContain("all of them");
    }

    @Test
    void aContainerKeepsTheAddressThatItAskedForThroughARestart() throws Exception {
        var network = engine.networks().ensure(name, true, labels);
        engine.containers()
                .create(ContainerSpec.builder(name, image, labels)
                        .command(List.of("sleep", "300"))
                        .network(Attachment.to(name, network.address(42)))
                        .build());

        engine.containers().start(name);
        engine.containers().stop(name, Duration.ZERO);
        engine.containers().start(name);

        assertThat(engine.containers().inspect(name).orElseThrow().addresses())
                .containsExactly(Map.entry(name, network.address(42)));
    }

    @Test
    void theNextContainerUnderAnAddressHasTheSameHardwareAddress() throws Exception {
        var network = engine.networks().ensure(name, true, labels);
        var spec = ContainerSpec.builder(name, image, labels)
                .command(List.of("cat", "/sys/class/net/eth0/address"))
                .network(Attachment.to(name, network.address(42)))
                .build();

        var first = run(spec);
        var second = run(spec);

        assertThat(second.output())
                .isEqualTo(first.output())
                .startsWith("02:42:")
                .contains(":2a");
    }

    @Test
    void ensuringANetworkAgainKeepsIt() throws Exception {
        var first = engine.networks().ensure(name, true, labels);

        var second = engine.networks().ensure(name, true, labels);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void aNetworkOfSomebodyElseIsNotTouched() throws Exception {
        engine.networks().ensure(name, true, labels);

        assertThatThrownBy(() -> engine.networks().ensure(name, true, Labels.of(Labels.PROJECT, "other")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not of this environment");
    }

    @Test
    void whatAContainerWritesIntoAVolumeStays() throws Exception {
        engine.volumes().ensure(name, labels);
        var volume = new ContainerMount.Volume(name, "/data");

        run("echo kept > /data/file", volume);
        var result = run("cat /data/file", volume);

        assertThat(result.output()).isEqualTo("kept\n");
    }

    @Test
    void removingWhatIsNotThereIsFine() throws Exception {
        engine.containers().remove(name);
        engine.networks().remove(name);

        assertThat(engine.containers().inspect(name)).isEmpty();
    }

    @Test
    void anImageThatIsNotThereIsAnErrorThatSaysWhatWasUnderWay() {
        var spec = ContainerSpec.builder(name, new ImageId("sha256:" + "0".repeat(64)), labels)
                .build();

        assertThatThrownBy(() -> engine.containers().create(spec)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.status()).isEqualTo(ExitStatus.ENGINE);
            assertThat(error.what()).contains("creating the container " + name);
        });
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        engine.containers()
                .create(ContainerSpec.builder(name, image, labels)
                        .command(List.of("sleep", "300"))
                        .build());
        engine.containers().start(name);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> engine.containers().await(name, LONG)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void anEngineThatDiesIsAnErrorThatSaysWhatWasUnderWay(@TempDir Path own) throws Exception {
        TestEngine.requireProgram(Path.of("/usr/bin/podman"));
        var socket = own.resolve("own.sock");
        var service = new ProcessBuilder("/usr/bin/podman", "system", "service", "--time", "60", "unix://" + socket)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        EngineSearch search = new EngineSearch.Missing("it begins");
        while (!(search instanceof EngineSearch.Found found)) {
            assertThat(service.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
            search = ContainerEngine.find(Map.of("DOCKER_HOST", "unix://" + socket), own);
        }
        try (var mortal = found.engine()) {
            var loaded = mortal.images().load(layout, manifest);
            mortal.containers()
                    .create(ContainerSpec.builder(name, loaded, labels)
                            .command(List.of("sleep", "300"))
                            .build());
            mortal.containers().start(name);
            service.destroyForcibly().waitFor();

            assertThatThrownBy(() -> mortal.containers().await(name, LONG))
                    .isInstanceOfSatisfying(UserError.class, error -> {
                        assertThat(error.status()).isEqualTo(ExitStatus.ENGINE);
                        assertThat(error.what()).contains("waiting for the container " + name);
                    });
        }
        new ProcessBuilder("/usr/bin/podman", "rm", "--force", "--time", "0", name)
                .start()
                .waitFor();
    }

    private Result run(String script, ContainerMount... mounts) throws IOException, InterruptedException {
        var spec = ContainerSpec.builder(name, image, labels)
                .command(List.of("sh", "-c", script))
                .limits(new Limits(64, 1, 50));
        List.of(mounts).forEach(spec::mount);
        return run(spec.build());
    }

    private Result run(ContainerSpec spec) throws IOException, InterruptedException {
        var output = new ByteArrayOutputStream();
        engine.containers().create(spec);
        try (var attached = engine.containers().attach(name, output::writeBytes)) {
            engine.containers().start(name);
            var state = engine.containers().await(name, LONG).orElseThrow();
            assertThat(attached.awaitEnd(LONG)).isTrue();
            return new Result(output.toString(StandardCharsets.UTF_8), state);
        } finally {
            engine.containers().remove(name);
        }
    }

    private record Result(String output, ContainerState state) {}
}
