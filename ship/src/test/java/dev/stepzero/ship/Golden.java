package dev.stepzero.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text that is reviewed as a file: {@code STEPZERO_WRITE_GOLDEN=1} in the environment writes it anew. */
public final class Golden {
    private final Path file;

    private Golden(Path file) {
        this.file = file;
    }

    /** A golden file by its path below the module's directory. */
    public static Golden file(String path) {
        return new Golden(Path.of(path));
    }

    public void matches(String text) throws IOException {
        if ("1".equals(System.getenv("STEPZERO_WRITE_GOLDEN"))) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        }
        assertThat(file)
                .as(
                        "run the test again with STEPZERO_WRITE_GOLDEN=1 in the environment and review what changed in %s",
                        file)
                .content()
                .isEqualTo(text);
    }
}
