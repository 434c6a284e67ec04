package dev.stepzero.govern.baseline;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A baseline, or a former report in JSON. */
public final class BaselineFuzz {
    private static final Path FILE = file();

    private BaselineFuzz() {}

    private static Path file() {
        try {
            var file = Files.createTempFile("stepzero-fuzz", ".json");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Files.write(FILE, input);
        try {
            Baseline.read(FILE);
        } catch (UserError documented) {
            // The documented way to refuse.
        }
    }
}
