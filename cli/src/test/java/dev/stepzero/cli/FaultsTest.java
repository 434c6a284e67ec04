package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stepzero.store.embedded.PostgresCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose surroundings break: nothing is lost, and the log says what happened. {@code bench/faults} runs it. */
@Tag("faults")
class FaultsTest {
    @TempDir
    Path directory;

    private ServedService served;

    @BeforeEach
    void open() throws Exception {
        served = ServedService.in(directory);
    }

    @AfterEach
    void close() throws Exception {
        served.close();
    }

    private int health(Invocation server) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(address(server).resolve("/health")).build();
            return client.send(request, BodyHandlers.ofString()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private static URI address(Invocation server) {
        return server.text()
                .lines()
                .filter(line -> line.contains("Stepzero serves at "))
                .map(line -> URI.create(line.substring(line.indexOf("http")).strip()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRunGoesOnThoughPostgresIsRestartedInItsMiddle() throws Exception {
        var door = WaitingTests.in(directory);
        served.service().commit(Map.of("test.sh", door.script()));
        var server = served.startServer();
        var request = served.askToShip();
        served.await(() -> served.isUnderWay("test"), "its tests run");

        var postgres = PostgresCluster.at(directory.resolve("home/postgres"));
        postgres.stop();
        assertThat(health(server)).isEqualTo(503);
        postgres.start();
        door.open();

        served.await(() -> served.isOver(request), "the run ends");
        served.requireOneDeployment();
        assertThat(health(server)).isEqualTo(200);
    }

    @Test
    void aRunGoesOnThoughPostgresIsKilledInItsMiddle() throws Exception {
        var door = WaitingTests.in(directory);
        served.service().commit(Map.of("test.sh", door.script()));
        var server = served.startServer();
        var request = served.askToShip();
        served.await(() -> served.isUnderWay("test"), "its tests run");

        killPostgres();
        door.open();

        served.await(() -> health(server) == 200, "the server starts its database again");
        served.await(() -> served.isOver(request), "the run ends");
        served.requireOneDeployment();
    }

    private void killPostgres() throws IOException, InterruptedException {
        var pid = Files.readAllLines(directory.resolve("home/postgres/data/postmaster.pid"))
                .getFirst();
        assertThat(new ProcessBuilder("kill", "-KILL", pid.strip()).start().waitFor())
                .isZero();
    }

    @Test
    void whoIsKilledWhileTablesAreMadeLeavesNothingHalf() throws Exception {
        var home = directory.resolve("killed");
        var user = served.userAt(home);
        for (var kills = 0; kills < 6; kills++) {
            try (var server = user.start("serve", "--listen", "127.0.0.1:0")) {
                awaitMigrations(home, kills);
                server.kill();
            }
        }

        try (var server = user.start("serve", "--listen", "127.0.0.1:0")) {
            server.awaitLine("Stepzero serves at");
            assertThat(health(server)).isEqualTo(200);
        }
        try (var database = user.database()) {
            assertThat(user.query("select version from flyway_schema_history where not success"))
                    .isEmpty();
        } finally {
            PostgresCluster.at(home.resolve("postgres")).delete();
        }
    }

    /** Waits until some migrations are there: a little more each time. */
    private static void awaitMigrations(Path home, int some) throws Exception {
        var cluster = PostgresCluster.at(home.resolve("postgres"));
        for (var waited = 0; waited < 3_000; waited++) {
            Thread.sleep(5);
            if (!Files.exists(home.resolve("postgres/data/postmaster.pid"))) {
                continue;
            }
            try {
                var owner = cluster.start().superuser("stepzero");
                var applied = org.jdbi.v3.core.Jdbi.create(owner.url(), owner.user(), owner.password())
                        .withHandle(handle -> handle.createQuery("select count(*) from flyway_schema_history")
                                .mapTo(Integer.class)
                                .one());
                if (applied >= some * 3) {
                    return;
                }
            } catch (RuntimeException e) {
                // Not there yet.
            }
        }
    }

    @Test
    void aFullDiskIsSaidAndNothingIsLostByIt() throws Exception {
        var home = directory.resolve("small-disk");
        Files.createDirectories(home);
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=400m,mode=755", "tmpfs", home.toString()), "no mount here");
        try (var disk = ServedService.in(directory.resolve("on-disk"), home)) {
            var server = disk.startServer();
            var before = disk.askToShip();
            disk.await(() -> disk.isOver(before), "a run ends while there is space");

            fill(home);
            assertThat(disk.isRefused())
                    .as("what is written on a full disk is refused")
                    .isTrue();
            assertThat(server.await(line -> line.contains("No space left") || line.contains("disk")))
                    .as(server.text())
                    .isPresent();
            Files.delete(home.resolve("ballast"));

            disk.await(() -> health(server) == 200, "it answers again");
            disk.service().commit(Map.of("NOTES", "later"));
            var after = disk.askToShip();
            disk.await(() -> disk.isOver(after), "a run ends again");
            assertThat(disk.user().query("select status from run where status <> 'succeeded'"))
                    .isEmpty();
        } finally {
            PostgresCluster.at(home.resolve("postgres")).stop();
            run("umount", "-l", home.toString());
        }
    }

    private static void fill(Path home) throws IOException {
        var block = new byte[1 << 16];
        try (var file = Files.newOutputStream(home.resolve("ballast"), StandardOpenOption.CREATE)) {
            while (true) {
                file.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(List.of(command)).inheritIO().start().waitFor() == 0;
    }
}
