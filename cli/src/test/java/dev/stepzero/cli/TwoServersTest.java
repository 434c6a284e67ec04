package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one database, each a process of its own. Takes minutes: {@code bench/chaos} runs it. */
@Tag("chaos")
class TwoServersTest {
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

    @Test
    void aServerThatIsKilledInTheMiddleOfARunLosesItToTheOtherWhichDeploysOnce() throws Exception {
        var door = WaitingTests.in(directory);
        served.service().commit(Map.of("test.sh", door.script()));
        served.startServer();
        served.startServer();

        var request = served.askToShip();
        served.await(() -> served.isUnderWay("test"), "its tests run");
        served.killTheOneWith(request);
        door.open();

        served.await(() -> served.isOver(request), "the other goes on");
        served.requireOneDeployment();
    }

    @Test
    void aServerThatIsKilledWhileItDeploysLeavesADeploymentThatTheOtherEnds() throws Exception {
        var door = WaitingTests.in(directory);
        served.service()
                .commitReplaced(
                        "src/Small.java",
                        "exchange.sendResponseHeaders(200, body.length);",
                        "exchange.sendResponseHeaders(%s ? 200 : 503, body.length);".formatted(door.question()));
        served.startServer();
        served.startServer();

        var request = served.askToShip();
        served.await(() -> served.isUnderWay("deploy"), "it deploys");
        served.killTheOneWith(request);
        door.open();

        served.await(() -> served.isOver(request), "the other ends it");
        served.requireOneDeployment();
    }

    @Test
    void bothTakeTheirShareAndEachRequestEndsOnce() throws Exception {
        served.startServer();
        served.startServer();
        var requests = new ArrayList<Long>();
        for (var number = 0; number < 6; number++) {
            served.service().commit(Map.of("NOTES" + number, "note"));
            served.service().branch("topic" + number);
            requests.add(served.askToVerify("refs/heads/topic" + number));
        }

        served.await(() -> requests.stream().allMatch(served::isOver), "all are verified");

        assertThat(served.user().query("select distinct server from run_request"))
                .hasSize(2);
        assertThat(served.user().query("select status, count(*) as number from run group by status"))
                .containsExactly(Map.of("status", "succeeded", "number", 6L));
    }
}
