package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.store.Database;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ship that is cut, by its user or by nobody's will, and given again. Takes minutes: {@code bench/chaos} runs it. */
@Tag("chaos")
class ChaosTest {
    private static final Pattern BEGINS = Pattern.compile("(?m)^ *([a-z-]+) │ begins$");
    private static final int KILLED = 128 + 9;

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

    private Invocation ship() throws Exception {
        return user.start("ship", service.directory().toString(), "--verbose");
    }

    private Invocation shipUntil(String lastMessage) throws Exception {
        return user.startMortal(lastMessage, "ship", service.directory().toString(), "--verbose");
    }

    @Test
    void aShipThatIsKilledAtEveryStepGoesOnAndDeploysOnce() throws Exception {
        var killed = new HashSet<String>();
        while (killAtAStepThatIsNoneOf(killed)) {
            assertThat(user.query("select id from run")).hasSize(1);
        }

        assertThat(killed)
                .hasSize(user.query("select distinct name from step").size())
                .contains("checkout", "test", "package", "publish", "deploy", "confirm");
        assertThat(user.query("select status from run")).containsExactly(Map.of("status", "succeeded"));
        assertThat(user.query("select name from step where status = 'succeeded' group by name having count(*) <> 1"))
                .isEmpty();
        assertThat(user.query("select distinct status from step where status not in ('succeeded', 'interrupted')"))
                .isEmpty();
        assertThat(user.query("select status, kind from deployment"))
                .containsExactly(Map.of("status", "serving", "kind", "ship"));
        assertThat(service.answer("/__version__")).contains(service.head());
    }

    /** Kills a ship at the beginning of a step where none was killed yet; false when it came to its end without one. */
    private boolean killAtAStepThatIsNoneOf(Set<String> killed) throws Exception {
        var another = " *(?!(?:%s) )[a-z-]+ . begins".formatted(String.join("|", killed));
        try (var ship = shipUntil(another)) {
            var exitCode = ship.exitCode();
            if (exitCode == KILLED) {
                var begun = BEGINS.matcher(ship.text()).results().toList();
                assertThat(killed.add(begun.getLast().group(1))).as(ship.text()).isTrue();
                return true;
            }
            assertThat(exitCode).as(ship.text()).isZero();
            return false;
        }
    }

    @Test
    void aReleaseWhoseShipWasKilledAfterTheSwitchIsRolledBack() throws Exception {
        assertThat(user.run("ship", service.directory().toString()).exitCode()).isZero();
        var first = service.head();
        service.commitReplaced("src/Small.java", "says hello", "says goodbye");
        try (var ship = shipUntil(" *confirm . begins")) {
            assertThat(ship.exitCode()).as(ship.text()).isEqualTo(KILLED);
        }
        assertThat(service.answer("/")).isEqualTo("small says goodbye");

        var rolledBack = user.run("rollback", "small");

        assertThat(rolledBack.exitCode()).as(rolledBack.all()).isZero();
        assertThat(service.answer("/__version__")).contains(first);
        assertThat(user.query("select status from run order by id"))
                .containsExactly(Map.of("status", "succeeded"), Map.of("status", "abandoned"));
        assertThat(user.query("select kind, status from deployment order by id"))
                .containsExactly(
                        Map.of("kind", "ship", "status", "replaced"),
                        Map.of("kind", "ship", "status", "failed"),
                        Map.of("kind", "rollback", "status", "serving"));
    }

    @Test
    void aShipThatIsInterruptedInItsTestsLeavesNothingRunningAndGoesOn() throws Exception {
        var tests = WaitingTests.in(directory);
        service.commit(Map.of("test.sh", tests.script()));

        try (var ship = ship()) {
            ship.awaitLine("test │ " + WaitingTests.LINE);
            assertThat(tests.someWait()).isTrue();
            ship.interrupt();
            assertThat(ship.exitCode()).as(ship.text()).isEqualTo(130);
            assertThat(ship.text())
                    .contains("the same command goes on where this run was")
                    .doesNotContain("\tat ");
        }
        assertThat(tests.someWait()).isFalse();

        tests.open();
        try (var ship = ship()) {
            assertThat(ship.exitCode()).as(ship.text()).isZero();
            assertThat(ship.text()).contains("run 1 goes on where it was", "fetch        ✔ done before");
        }
        assertThat(service.answer("/")).isEqualTo("small says hello");
    }

    @Test
    void aShipThatIsInterruptedInItsDeploymentGoesOnThere() throws Exception {
        var door = WaitingTests.in(directory);
        service.commitReplaced(
                "src/Small.java",
                "exchange.sendResponseHeaders(200, body.length);",
                "exchange.sendResponseHeaders(%s ? 200 : 503, body.length);".formatted(door.question()));

        try (var ship = ship()) {
            ship.awaitLine("deploy │ waiting for blue");
            ship.interrupt();
            assertThat(ship.exitCode()).as(ship.text()).isEqualTo(130);
        }
        assertThat(user.query("select status from run")).containsExactly(Map.of("status", "interrupted"));

        door.open();
        try (var ship = ship()) {
            assertThat(ship.exitCode()).as(ship.text()).isZero();
            assertThat(ship.text()).contains("publish      ✔ done before").doesNotContain("publish │ begins");
        }
        assertThat(user.query("select status from deployment")).containsExactly(Map.of("status", "serving"));
        assertThat(service.answer("/")).isEqualTo("small says hello");
    }
}
