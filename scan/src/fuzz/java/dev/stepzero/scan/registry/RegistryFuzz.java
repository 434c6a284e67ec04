package dev.stepzero.scan.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of an image, and a file of registries' credentials. */
public final class RegistryFuzz {
    private static final Path FILE = Path.of(
            System.getProperty("java.io.tmpdir"),
            "stepzero-fuzz-" + ProcessHandle.current().pid() + ".json");

    static {
        FILE.toFile().deleteOnExit();
    }

    private RegistryFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Files.write(FILE, input);
        refusing(() -> DockerConfig.find(FILE, "registry.example"));
        refusing(() -> Reference.parse(new String(input, UTF_8)));
    }

    private static void refusing(Runnable reader) {
        try {
            reader.run();
        } catch (UserError documented) {
            // The documented way to refuse.
        }
    }
}
