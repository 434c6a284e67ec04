package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.stepzero.store.Database;
import dev.stepzero.store.process.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a ship while something around it is missing, and afterwards. */
class MissingPartsTest {
    @TempDir
    Path directory;

    private Session user;
    private Database database;
    private SmallService service;

    @BeforeEach
    void open() throws Exception {
        user = Session.withoutEngine(directory.resolve("home"));
        database = user.database();
        service = SmallService.in(directory.resolve("small"));
    }

    @AfterEach
    void close() {
        user.run("remove", "small", "--with-data");
        database.close();
    }

    private Session.Answer ship() {
        return user.run("ship", service.directory().toString());
    }

    private String requireStalled(String... words) {
        var answer = ship();
        assertThat(answer.exitCode()).as(answer.all()).isEqualTo(4);
        assertThat(answer.err()).contains(words).contains("to mend it: ").doesNotContain("\tat ");
        return answer.err();
    }

    @Test
    void aRunGoesOnAtTheStepThatARegistryOrATakenPortStopped() throws Exception {
        var registry = FreePort.find(new SecureRandom(), Set.of(service.port()));
        service.commitReplaced(
                "stepzero.yaml",
                "build:",
                "publish: { registry: 127.0.0.1:%d/team/small }\nbuild:".formatted(registry));

        requireStalled("127.0.0.1:" + registry + "/team/small");

        var guarded = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), registry), 10);
        guarded.createContext("/", exchange -> {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        guarded.start();
        try {
            assertThat(requireStalled("127.0.0.1:" + registry)).contains("goes on", "done before");
        } finally {
            guarded.stop(0);
        }

        var program = Path.of("/usr/bin/docker-registry");
        assumeEngine(Files.isExecutable(program), program + " is not installed");
        var real = registry(program, registry);
        try (var taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
            requireStalled(
                    "port " + service.port(),
                    Long.toString(ProcessHandle.current().pid()));
        } finally {
            real.destroy();
            real.onExit().join();
        }

        var answer = ship();
        assertThat(answer.exitCode()).as(answer.all()).isZero();
        assertThat(user.query("select name, max(attempt) as attempts from step group by name"))
                .contains(
                        Map.of("name", "package", "attempts", 1),
                        Map.of("name", "publish", "attempts", 3),
                        Map.of("name", "deploy", "attempts", 2));
        assertThat(user.query("select status from run")).containsExactly(Map.of("status", "succeeded"));
        assertThat(service.answer("/")).isEqualTo("small says hello");
    }

    private Process registry(Path program, int port) throws IOException {
        var configuration = Files.writeString(
                directory.resolve("registry.yml"), """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(directory.resolve("registry"), port));
        var process = new ProcessBuilder(program.toString(), "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("registry.log").toFile())
                .start();
        while (!answers(port)) {
            assertThat(process.isAlive()).isTrue();
        }
        return process;
    }

    private static boolean answers(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static void assumeEngine(boolean there, String reason) {
        if ("1".equals(System.getenv("STEPZERO_REQUIRE_ENGINES"))) {
            assertThat(there).as(reason).isTrue();
        }
        assumeTrue(there, reason);
    }

    @Test
    void aDatabaseOfANewerProgramIsLeftAlone() throws Exception {
        user.changeAsOwner("""
                insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,
                                                   installed_by, execution_time, success)
                values (999, '999', 'tomorrow', 'SQL', 'V999__tomorrow.sql', 1, 'somebody', 1, true)""");

        requireStalled("tables of version 999", "use the newer stepzero");
    }

    @ParameterizedTest
    @ValueSource(strings = {"64k", "300k"})
    void aFullDiskIsNamed(String size) throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can mount a small file system");
        var workspaces = Files.createDirectories(user.home().resolve("workspaces"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", workspaces.toString()) == 0,
                "no file system can be mounted here");
        try {
            service.commit(Map.of("large.txt", "x".repeat(200_000)));

            requireStalled("No space left on device", workspaces.toString());
        } finally {
            assertThat(run("umount", workspaces.toString())).isZero();
        }
    }

    private static int run(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words).inheritIO().start().waitFor();
    }

    @Test
    void aSecondShipOfTheSameProjectIsRefusedAndDoesNotDisturbTheFirst() throws Exception {
        var tests = WaitingTests.in(directory);
        service.commit(Map.of("test.sh", tests.script()));
        try (var first = user.start("ship", service.directory().toString(), "--verbose")) {
            first.awaitLine("test │ " + WaitingTests.LINE);

            var second = ship();
            tests.open();

            assertThat(second.exitCode()).as(second.all()).isEqualTo(1);
            assertThat(second.err()).contains("small in production is being changed: run 1 of commit", "wait until");
            assertThat(first.exitCode()).as(first.text()).isZero();
        }
        assertThat(service.answer("/")).isEqualTo("small says hello");
    }
}
