package dev.stepzero.govern.baseline;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A baseline, or a former report in JSON. */
public final class BaselineFuzz {
    private static final Path FILE = Path.of(
            System.getProperty("java.io.tmpdir"),
            "stepzero-fuzz-" + ProcessHandle.current().pid() + ".json");

    static {
        FILE.toFile().deleteOnExit();
    }

    private BaselineFuzz() {}

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
