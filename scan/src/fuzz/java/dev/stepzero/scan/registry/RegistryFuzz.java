package dev.stepzero.scan.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of an image, and a file of registries' credentials. */
public final class RegistryFuzz {
    private static final Path FILE = file();

    private RegistryFuzz() {}

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
