package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.store.Database;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What becomes of a ship whose own commands fail, or do what no command should. */
@Isolated("a fork bomb leaves the user whom commands run as no process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailingCommandsTest {
    private Session user;
    private Database database;
    private SmallService service;
    private String sound;

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        user = Session.withoutEngine(directory.resolve("home"));
        database = user.database();
        service = SmallService.in(directory.resolve("small"));
        service.commitReplaced("stepzero.yaml", "run: sh test.sh", "run: sh test.sh\n  timeout: 2s");
        sound = service.head();
    }

    @AfterAll
    void close() {
        user.run("remove", "small", "--with-data");
        database.close();
    }

    @BeforeEach
    void startFromASoundCommit() throws Exception {
        service.reset(sound);
    }

    private void requireFailure(String... words) throws InterruptedException {
        var answer = user.run("ship", service.directory().toString());

        assertThat(answer.exitCode()).as(answer.all()).isEqualTo(1);
        assertThat(answer.err()).contains(words).contains("to mend it: ").doesNotContain("\tat ");
        assertThat(user.query("select status, ended_at is null as open from run order by id desc limit 1"))
                .containsExactly(Map.of("status", "blocked", "open", false));
    }

    @Test
    void aBuildThatFailsIsShownWithItsLastLines() throws Exception {
        service.commit(Map.of("build.sh", "echo the compiler is on strike >&2\nexit 7\n"));

        requireFailure("packaging ended with exit code 7", "│ the compiler is on strike", "--output package");
    }

    @Test
    void aBuildThatLeavesNothingIsRefused() throws Exception {
        service.commit(Map.of("build.sh", "true\n"));

        requireFailure("the build left nothing that matches 'small.jar'", "artifact");
    }

    @Test
    void testsThatFailAreNamed() throws Exception {
        service.commit(Map.of("test.sh", """
                mkdir -p reports
                cat > reports/TEST-small.xml <<END
                <testsuite tests="1" failures="1"><testcase classname="small.Test" name="works">
                <failure message="one is not two">at small.Test</failure></testcase></testsuite>
                END
                exit 1
                """));
        service.commitReplaced("stepzero.yaml", "timeout: 2s", "timeout: 5m");

        requireFailure("1 of 1 test failed, the first is small.Test.works", "one is not two");
    }

    @Test
    void testsThatHangAreKilled() throws Exception {
        service.commit(Map.of("test.sh", "exec sleep 1000\n"));

        requireFailure("'test' did not end within 2 seconds and was killed", "'timeout' in stepzero.yaml");
    }

    @Test
    void testsThatFloodTheirOutputAreKilled() throws Exception {
        service.commit(Map.of("test.sh", "exec yes \"$(head -c 100000 /dev/zero | tr '\\0' x)\"\n"));
        service.commitReplaced("stepzero.yaml", "timeout: 2s", "timeout: 5m");

        requireFailure("'test' wrote more than 64 MB and was killed", "let it write less");
    }

    @Test
    void aForkBombIsKilled() throws Exception {
        service.commit(Map.of("test.sh", "bomb() { bomb | bomb & }\nbomb 2>/dev/null\nsleep 1000\n"));

        requireFailure("'test' did not end within 2 seconds and was killed");
    }

    @Test
    void reportsThatAreBrokenOrHugeAreNamedAndStopNothing() throws Exception {
        service.commit(Map.of("test.sh", """
                mkdir -p reports
                echo '<testsuite tests="1"><testcase' > reports/TEST-broken.xml
                { echo '<testsuite tests="1"><system-out>'; head -c 100000000 /dev/zero | tr '\\0' x; } > reports/TEST-huge.xml
                """));
        service.commitReplaced("stepzero.yaml", "timeout: 2s", "timeout: 5m");

        var answer = user.run("ship", service.directory().toString());

        assertThat(answer.exitCode()).as(answer.all()).isZero();
        assertThat(answer.err()).contains("TEST-broken.xml", "TEST-huge.xml", "no test reported a result");
    }
}
