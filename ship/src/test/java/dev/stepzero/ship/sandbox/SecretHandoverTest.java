package dev.stepzero.ship.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretHandoverTest {
    private final Invoker invoker = Invoker.current();

    @TempDir
    Path workspace;

    /** Where no other test clears up. */
    private Path memory;

    @BeforeEach
    void haveMemory() throws IOException {
        memory = Files.createTempDirectory(SecretHandover.MEMORY, "stepzero-test-");
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        Files.delete(memory);
    }

    @Test
    void theFilesAreTheirOwnersOnly() throws Exception {
        try (var handover = SecretHandover.of(command(), SecretHandover.MEMORY, invoker)) {
            var file = handover.directory().resolve("in/TOKEN");

            assertThat(file).hasContent("correct horse");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("r--------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.resolveSibling(""))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void whatAKilledStepzeroLeftIsDeletedAndWhatALivingOneHasIsNot() throws Exception {
        var left = SecretHandover.of(command(), memory, dead());
        try (var living = SecretHandover.of(command(), memory, invoker)) {
            SecretHandover.clearUp(memory, invoker);

            assertThat(left.directory()).doesNotExist();
            assertThat(living.directory().resolve("in/TOKEN")).exists();
        }
    }

    @Test
    void whatOthersMakeAndDeleteMeanwhileKeepsNothingOfTheDead() throws Exception {
        var over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var living = threads.submit(() -> {
                while (!over.get()) {
                    SecretHandover.of(command(), memory, invoker).close();
                }
            });
            for (var round = 0; round < 50; round++) {
                var left = SecretHandover.of(command(), memory, dead());

                var other = threads.submit(() -> SecretHandover.clearUp(memory, invoker));
                SecretHandover.clearUp(memory, invoker);
                other.get();

                assertThat(left.directory()).doesNotExist();
            }
            over.set(true);
            living.get();
        }
    }

    @Test
    void secretsAreNotWrittenToADisk(@TempDir Path disk) throws Exception {
        Assumptions.assumeFalse(Files.getFileStore(disk).type().equals("tmpfs"), "temporary files are in memory here");

        assertThatThrownBy(() -> SecretHandover.of(command(), disk, invoker))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no tmpfs");
        assertThat(disk).isEmptyDirectory();
    }

    @Test
    void theCommandHoldsNoValue() {
        var command = command();

        try (var handover = SecretHandover.of(command, SecretHandover.MEMORY, invoker)) {
            assertThat(handover.into(command, true).toString())
                    .contains("TOKEN_FILE")
                    .doesNotContain("horse");
        }
    }

    private Invoker dead() {
        return new Invoker(invoker.user(), invoker.group(), "1@1");
    }

    private SandboxCommand command() {
        return SandboxCommand.builder(workspace, List.of("true"))
                .secrets(List.of(SecretSpecification.file("TOKEN", "correct horse")))
                .build();
    }
}
