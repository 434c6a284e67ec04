package dev.stepzero.ship.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.containers.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessSandboxTest extends SandboxSpecification {

    @TempDir
    Path boxes;

    private Sandbox sandbox;

    @BeforeEach
    void open() throws Exception {
        TestEngine.requireProgram(Path.of("/bin/busybox"));
        Files.setPosixFilePermissions(boxes, PosixFilePermissions.fromString("rwx--x--x"));
        sandbox = ProcessSandbox.open(Map.of("PATH", "/usr/local/bin:/usr/bin:/bin"), boxes, List.of(Path.of("/root")));
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(boxes).isDirectoryNotContaining("glob:**/stepzero-sandbox-*");
    }

    @Override
    Sandbox sandbox() {
        return sandbox;
    }

    @Test
    void hiddenDirectoriesAreEmpty() throws Exception {
        run("ls -A /root; echo end");

        assertThat(lines).containsExactly("end");
    }

    @Test
    void theHomeIsEmptyAndWritable() throws Exception {
        run("ls -A $HOME; touch $HOME/file && ls $HOME");

        assertThat(lines).containsExactly("file");
    }

    @Test
    void otherProcessesAreNotSeen() throws Exception {
        run("ls -d /proc/[0-9]* | wc -l");

        assertThat(Integer.parseInt(lines.getFirst().strip())).isLessThan(10);
    }

    @Test
    void theMemoryWithASecretIsSeenByTheCommandAloneAndDiesWithIt() throws Exception {
        var seen = new ArrayList<String>();

        sandbox.run(
                command("ls $(dirname $TOKEN_FILE); sleep 1")
                        .secrets(List.of(file("TOKEN", "correct horse")))
                        .build(),
                line -> {
                    seen.add(line);
                    try (var files = Files.walk(boxes)) {
                        files.filter(each -> each.endsWith("TOKEN")).forEach(each -> seen.add("outside: " + each));
                    } catch (IOException e) {
                        seen.add(e.toString());
                    }
                });

        assertThat(seen).containsExactly("TOKEN");
    }

    @Test
    void theBoxOfADeadStepzeroIsClearedUpWithItsProcesses() throws Exception {
        var current = Invoker.current();
        var box = Box.create(boxes, new Invoker(current.user(), current.group(), "1@1"), current.user());
        var orphan = new ProcessBuilder("setsid", "sh", "-c", "sleep 1000 & sleep 1000").start();
        box.noteLeader(orphan.toHandle());

        Box.clearUp(boxes, Invoker.current());

        assertThat(orphan.waitFor()).isEqualTo(137);
        assertThat(box.directory()).doesNotExist();
    }

    @Test
    void clearingUpDoesNotTouchABoxThatIsBeingMadeOrDeleted() throws Exception {
        var invoker = Invoker.current();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 4)
                    .mapToObj(_ -> threads.submit(() -> {
                        for (var i = 0; i < 30; i++) {
                            var box = Box.create(boxes, invoker, invoker.user());
                            Box.clearUp(boxes, invoker);
                            assertThat(box.temporary()).isDirectory();
                            box.delete();
                        }
                        return true;
                    }))
                    .toList();
            for (var each : all) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    @Test
    void whatIsWeakerIsSaid() {
        assertThat(sandbox.weaknesses()).anyMatch(weakness -> weakness.contains("kernel"));
    }
}
