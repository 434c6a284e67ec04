package dev.stepzero.ship.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.TestDatabase.HomeOfDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@ExtendWith(TestDatabase.class)
class EngineChaosTest {

    @Test
    void aKillInAnyStepCostsThatStepOnly(Jdbi jdbi, HomeOfDatabase home, @TempDir Path directory) throws Exception {
        var file = directory.resolve("story");
        var project = "chaos" + System.nanoTime();

        for (var step : SlowPipeline.STEPS) {
            killIn(step, home, project, file);
        }
        var last = start(home, project, file, "none");
        assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue()).isZero();

        var story = Files.readAllLines(file);
        for (var step : SlowPipeline.STEPS) {
            assertThat(Collections.frequency(story, "began " + step))
                    .as("begun: %s", step)
                    .isEqualTo(2);
            assertThat(Collections.frequency(story, "ended " + step))
                    .as("ended: %s", step)
                    .isOne();
        }
        var runs = jdbi.withHandle(handle -> handle.createQuery("select id from run where project = ?")
                .bind(0, project)
                .mapTo(Long.class)
                .list());
        assertThat(runs).hasSize(1);
        assertThat(story).endsWith("run " + runs.getFirst() + " succeeded");
        assertThat(new RunJournal(jdbi, Clock.systemUTC()).steps(runs.getFirst()))
                .hasSize(SlowPipeline.STEPS.size())
                .allMatch(record -> record.status() == RunStatus.SUCCEEDED && record.attempt() == 2);
        assertThat(evidence(jdbi, runs.getFirst())).isEqualTo(SlowPipeline.STEPS.size());
    }

    private static long evidence(Jdbi jdbi, long run) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from evidence where run_id = ?")
                .bind(0, run)
                .mapTo(Long.class)
                .one());
    }

    private static void killIn(String step, HomeOfDatabase home, String project, Path file) throws Exception {
        var process = start(home, project, file, step);
        try {
            awaitLine(file, "began " + step, process);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Process start(HomeOfDatabase home, String project, Path file, String halting) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                SlowPipeline.class.getName(),
                home.path().toString(),
                project,
                file.toString(),
                halting);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(file.resolveSibling("log-" + halting).toFile())
                .start();
    }

    private static void awaitLine(Path file, String line, Process process) throws Exception {
        try (var watch = file.getFileSystem().newWatchService()) {
            file.resolveSibling("")
                    .register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            while (!Files.exists(file) || !Files.readAllLines(file).contains(line)) {
                var key = watch.poll(30, TimeUnit.SECONDS);
                assertThat(process.isAlive())
                        .as("the program ended before '%s'", line)
                        .isTrue();
                assertThat(key)
                        .as("nothing happened while waiting for '%s'", line)
                        .isNotNull();
                key.pollEvents();
                key.reset();
            }
        }
    }
}
