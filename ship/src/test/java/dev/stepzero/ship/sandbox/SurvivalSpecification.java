package dev.stepzero.ship.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.sandbox.SandboxCommand.Limits;
import dev.stepzero.ship.sandbox.SandboxResult.Ending;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every sandbox must survive, whatever the machine lets it isolate. */
abstract class SurvivalSpecification {
    /** With room for what other tests run meanwhile: Linux counts all processes of a user. */
    static final Limits SMALL = new Limits(Duration.ofSeconds(60), 128, 1, 250, 1024 * 1024);

    private static final Limits OF_A_BOMB = new Limits(Duration.ofSeconds(3), 128, 1, 60, 1024 * 1024);
    private static final Path DOOR =
            Path.of(System.getProperty("java.io.tmpdir"), "stepzero-test-sandboxes-" + System.getProperty("user.name"));

    private FileLock inside;

    @TempDir
    Path directory;

    Path workspace;
    final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    abstract Sandbox sandbox();

    /** A fork bomb leaves its user no process for anybody, and there may be tests in another JVM. */
    @BeforeEach
    void enter() throws Exception {
        enter(true);
    }

    private void enter(boolean together) throws IOException {
        var door = FileChannel.open(DOOR, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        inside = door.lock(0, Long.MAX_VALUE, together);
    }

    @AfterEach
    void leave() throws Exception {
        inside.acquiredBy().close();
    }

    @BeforeEach
    void makeWorkspace() throws Exception {
        workspace = Files.createDirectory(directory.resolve("workspace"));
    }

    @Test
    void aCommandRunsInTheWorkspaceAndItsExitCodeIsKept() throws Exception {
        Files.writeString(workspace.resolve("input"), "from the workspace\n");

        var result = run("cat input; exit 3");

        assertThat(lines).containsExactly("from the workspace");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.ending()).isEqualTo(Ending.EXITED);
        assertThat(result.succeeded()).isFalse();
    }

    @Test
    void whatACommandSaysAfterALongSilenceIsHeard() throws Exception {
        run("echo before; sleep 5; echo after");

        assertThat(lines).containsExactly("before", "after");
    }

    @Test
    void nothingOfTheEnvironmentIsHandedOnButWhatIsGiven() throws Exception {
        var command = command("env").environment(Map.of("GIVEN", "yes"));

        sandbox().run(command.build(), lines::add);

        assertThat(lines.stream().map(line -> line.substring(0, line.indexOf('='))))
                .contains("GIVEN", "PATH", "HOME", "LANG", "TZ")
                .isSubsetOf(
                        "GIVEN",
                        "PATH",
                        "HOME",
                        "LANG",
                        "TZ",
                        "TMPDIR",
                        "PWD",
                        "OLDPWD",
                        "SHLVL",
                        "HOSTNAME",
                        "_",
                        "STEPZERO_SANDBOX",
                        "TERM",
                        "container");
    }

    @Test
    void aCommandThatHangsIsEndedAtItsTime() throws Exception {
        var result = run("echo before; sleep 1000", SMALL.timeout(Duration.ofSeconds(5)));

        assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(lines).containsExactly("before");
    }

    @Test
    void aCommandThatIgnoresTheRequestToEndIsEndedAllTheSame() throws Exception {
        var result = run("trap '' TERM INT HUP; while :; do sleep 1; done", SMALL.timeout(Duration.ofSeconds(2)));

        assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
    }

    @Test
    void aFloodIsCutAndItsLastLinesAreKept() throws Exception {
        var result = run("echo first; yes flood", SMALL);

        assertThat(result.ending()).isEqualTo(Ending.OUTPUT_LIMIT);
        assertThat(lines.getFirst()).isEqualTo("first");
        assertThat(lines).anyMatch(line -> line.endsWith("lines left out beyond 1048576 bytes of output]"));
        assertThat(lines.stream().mapToLong(String::length).sum()).isLessThan(2 * SMALL.outputBytes());
    }

    @Test
    void aFloodWithoutLineFeedsIsCutToo() throws Exception {
        var result = run("tr '\\0' x < /dev/zero", SMALL);

        assertThat(result.ending()).isEqualTo(Ending.OUTPUT_LIMIT);
        assertThat(lines.stream().mapToLong(String::length).sum()).isLessThan(100_000);
    }

    @Test
    void aForkBombIsHeldOff() throws Exception {
        leave();
        enter(false);

        var result = run("bomb() { bomb | bomb & }; bomb; sleep 1000", OF_A_BOMB);

        assertThat(result.succeeded()).isFalse();
        assertThat(run("echo alive").succeeded()).isTrue();
        assertThat(lines).contains("alive");
    }

    @Test
    void tooMuchMemoryEndsTheCommand() throws Exception {
        var result = run("exec tail /dev/zero");

        assertThat(result.ending()).isEqualTo(Ending.OUT_OF_MEMORY);
    }

    @Test
    void aChildThatOutlivesItsParentDies() throws Exception {
        var mark = UUID.randomUUID().toString();

        var result = run("sleep 4242 & (setsid sh -c 'sleep 5353; echo " + mark + "' &) ; echo parent ends");

        assertThat(result.ending()).isEqualTo(Ending.EXITED);
        assertThat(lines).containsExactly("parent ends");
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(mark)))
                .isEmpty();
    }

    @Test
    void aCommandHasNoRights() throws Exception {
        run("grep -E '^(CapEff|NoNewPrivs):' /proc/self/status");

        assertThat(lines.stream().map(line -> line.replaceAll("\\s+", " ")))
                .containsExactly("CapEff: 0000000000000000", "NoNewPrivs: 1");
    }

    @Test
    void outputIsCleaned() throws Exception {
        run("printf 'plain\\r\\n\\033[31mred\\033[0m \\033]0;title\\007text\\n\\377broken\\n'");

        assertThat(lines).containsExactly("plain", "red text", "\uFFFDbroken");
    }

    @Test
    void aCommandThatIsNotThereFails() throws Exception {
        var command = SandboxCommand.builder(workspace, List.of("no-such-program"))
                .limits(SMALL)
                .build();

        try {
            var result = sandbox().run(command, lines::add);
            assertThat(result.exitCode()).isNotZero();
        } catch (UserError e) {
            assertThat(e.what()).contains("no-such-program");
        }
    }

    @Test
    void anInterruptEndsTheCommandAndLeavesNothing() throws Exception {
        var mark = UUID.randomUUID().toString();
        var runner = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            while (!lines.contains(mark)) {
                LockSupport.parkNanos(1_000_000);
            }
            runner.interrupt();
        });

        assertThatThrownBy(() -> run("echo " + mark + "; sleep 1000; echo " + mark))
                .isInstanceOf(InterruptedException.class);
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(mark)))
                .isEmpty();
        assertThat(Owner.of(workspace)).isEqualTo(Owner.of(directory));
    }

    SandboxResult run(String script) throws InterruptedException {
        return run(script, SMALL);
    }

    SandboxResult run(String script, Limits limits) throws InterruptedException {
        return sandbox().run(command(script).limits(limits).build(), lines::add);
    }

    SandboxCommand.Builder command(String script) {
        return SandboxCommand.builder(workspace, List.of("sh", "-c", script)).limits(SMALL);
    }
}
