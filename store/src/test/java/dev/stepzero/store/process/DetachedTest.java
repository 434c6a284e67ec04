package dev.stepzero.store.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Detached program() {
        return Detached.named("program", directory);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        program().stop(Duration.ZERO);
    }

    @Test
    void itIsFoundAgainThroughItsMark() throws Exception {
        var mark = program().start(List.of("sleep", "600"), directory);

        assertThat(program().running()).contains(mark);
        assertThat(ProcessMark.parse(mark.toString())).contains(mark);
    }

    @Test
    void aProcessThatGotTheSameNumberIsLeftAlone() throws Exception {
        var other = new ProcessBuilder("sleep", "600").start();
        var mark = ProcessMark.of(other.pid()).orElseThrow();
        var earlier = new ProcessMark(mark.pid(), mark.startTicks() - 1, mark.boot());
        Files.writeString(program().mark(), earlier.toString());

        program().stop(Duration.ZERO);

        assertThat(program().running()).isEmpty();
        assertThat(other.isAlive()).isTrue();
        other.destroyForcibly();
    }

    @Test
    void stoppingTakesItsChildrenAlongEvenWhenTheyIgnoreTheSignal() throws Exception {
        var script = "trap '' TERM; sleep 601 & echo child $!; while :; do sleep 1; done";
        program().start(List.of("sh", "-c", script), directory);
        var child = childOf();

        program().stop(Duration.ofMillis(100));

        assertThat(ProcessMark.of(child)).isEmpty();
        assertThat(program().running()).isEmpty();
    }

    @Test
    void theChildrenOfOneThatDiedAreEndedToo() throws Exception {
        program().start(List.of("sh", "-c", "sleep 602 & echo child $!"), directory);
        var child = childOf();

        program().stop(Duration.ZERO);

        assertThat(ProcessMark.of(child)).isEmpty();
    }

    @Test
    void aRunGivesTheExitStatusAndTheOutput() throws Exception {
        var status = program().run(List.of("sh", "-c", "echo one; echo two >&2; exit 3"), directory, PATIENCE);

        assertThat(status).hasValue(3);
        assertThat(program().log().tail(5)).containsExactly("one", "two");
    }

    @Test
    void aRunThatTakesTooLongIsEnded() throws Exception {
        var status = program().run(List.of("sh", "-c", "sleep 603 & wait"), directory, Duration.ofMillis(300));

        assertThat(status).isEmpty();
        assertThat(program().running()).isEmpty();
    }

    @Test
    void aLongLogKeepsItsEnd() throws Exception {
        var log = program().log();
        Files.writeString(log.file(), "line of forty characters, more or less..\n".repeat(300_000) + "the end\n");

        log.trim();

        assertThat(Files.size(log.file())).isLessThan(300_000);
        assertThat(log.tail(1)).containsExactly("the end");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() {
        var nowhere = Detached.named("program", directory.resolve("missing"));

        assertThatThrownBy(() -> nowhere.start(List.of("true"), directory)).isInstanceOf(UserError.class);
    }

    private long childOf() throws Exception {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (var line : program().log().tail(5)) {
                if (line.startsWith("child ")) {
                    return Long.parseLong(line.substring(6));
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError(
                "the program never named its child: " + program().log().tail(5));
    }
}
