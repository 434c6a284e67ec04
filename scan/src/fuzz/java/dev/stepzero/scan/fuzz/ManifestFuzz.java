package dev.stepzero.scan.fuzz;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.image.OciImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An image's manifest, and the list of images in an archive of {@code docker save}. */
public final class ManifestFuzz {
    private static final Path LAYOUT = new OneFile("blobs/sha256/x").root();

    private ManifestFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        var digest = Digest.of(input);
        var blob = LAYOUT.resolve("blobs/sha256").resolve(digest.hex());
        var list = LAYOUT.resolve("manifest.json");
        Files.write(blob, input);
        Files.write(list, input);
        try {
            open(digest);
            Files.delete(blob);
            open(digest);
        } finally {
            Files.deleteIfExists(blob);
            Files.deleteIfExists(list);
        }
    }

    private static void open(Digest digest) {
        try {
            OciImage.open(LAYOUT, digest);
        } catch (UserError documented) {
            // The documented way to refuse.
        }
    }
}
