package dev.stepzero.ship.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.containers.ContainerSpec;
import dev.stepzero.ship.containers.ImageId;
import dev.stepzero.ship.containers.Labels;
import dev.stepzero.ship.containers.TestEngine;
import dev.stepzero.ship.containers.TestImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerSandboxTest extends SandboxSpecification {
    private static final Labels SANDBOX = Labels.of(Labels.TIER, "sandbox");

    private final String run = UUID.randomUUID().toString();
    private ContainerEngine engine;
    private ImageId toolchain;
    private Sandbox sandbox;

    @BeforeAll
    void open(@TempDir Path home) throws Exception {
        engine = TestEngine.require(home);
        TestEngine.requireProgram(Path.of("/bin/busybox"));
        var layout = Files.createDirectory(home.resolve("layout"));
        toolchain = engine.images().load(layout, TestImage.busybox().write(layout));
        sandbox = ContainerSandbox.open(engine, toolchain, run);
    }

    @AfterAll
    void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        lines.clear();
        assertThat(engine.containers().list(Labels.of(Labels.RUN, run))).isEmpty();
        assertThat(engine.networks().list(Labels.of(Labels.RUN, run))).isEmpty();
    }

    @Override
    Sandbox sandbox() {
        return sandbox;
    }

    @Test
    void aContainerOfADeadStepzeroIsRemovedAndOneOfALivingStepzeroIsNot() throws Exception {
        var living = Invoker.identity(ProcessHandle.current());
        create("stepzero-test-dead-" + run, "1@1");
        create("stepzero-test-living-" + run, living);

        ContainerSandbox.open(engine, toolchain, run);

        assertThat(engine.containers().inspect("stepzero-test-dead-" + run)).isEmpty();
        assertThat(engine.containers().inspect("stepzero-test-living-" + run)).isPresent();
        engine.containers().remove("stepzero-test-living-" + run);
    }

    private void create(String name, String owner) throws InterruptedException {
        engine.containers()
                .create(ContainerSpec.builder(name, toolchain, SANDBOX.and("dev.stepzero.owner", owner))
                        .command(List.of("sleep", "1000"))
                        .build());
    }
}
