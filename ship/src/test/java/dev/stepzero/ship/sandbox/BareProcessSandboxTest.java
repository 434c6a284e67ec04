package dev.stepzero.ship.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The process sandbox on a machine that refuses namespaces. */
class BareProcessSandboxTest extends SecretSpecification {
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin";

    private final Invoker invoker = Invoker.current();
    private Isolation bare;
    private Sandbox sandbox;

    @BeforeEach
    void open() throws Exception {
        var probed = Isolation.probe(invoker, PATH);
        bare = new Isolation(List.of(), List.of(), probed.setpriv(), probed.prlimit());
        for (var each : List.of(directory, workspace)) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwx--x--x"));
        }
        sandbox = new ProcessSandbox(directory, new Launch(bare, invoker, PATH, List.of()), invoker);
    }

    @Override
    Sandbox sandbox() {
        return sandbox;
    }

    @Test
    void theWeaknessesSayWhatTheMachineRefuses() {
        assertThat(sandbox.weaknesses())
                .anyMatch(weakness -> weakness.contains("reach the network"))
                .anyMatch(weakness -> weakness.contains("see the files and processes"));
    }

    @Test
    void pathsOfMountsAreReplacedByRealOnes() throws Exception {
        var tools = Files.createDirectory(directory.resolve("tools"));
        Files.writeString(tools.resolve("tool"), "a tool\n");
        var command = SandboxCommand.builder(
                        workspace, List.of("sh", "-c", "cat $TOOLS; pwd; echo $1", "x", "/workspace/x"))
                .readOnly(tools, "/opt/tools")
                .environment(Map.of("TOOLS", "/opt/tools/tool"))
                .limits(SMALL);

        sandbox.run(command.build(), lines::add);

        assertThat(lines).containsExactly("a tool", workspace.toString(), workspace + "/x");
    }

    @Test
    void aWorkspaceThatTheCommandsUserCannotReachIsRefused() throws Exception {
        Assumptions.assumeTrue(invoker.root(), "only root runs commands under another user");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> run("echo never"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot reach the workspace");
    }
}
