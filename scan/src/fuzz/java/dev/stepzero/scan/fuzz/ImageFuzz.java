package dev.stepzero.scan.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.image.ImageScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** An image of one layer: its configuration up to a line that says {@code LAYER}, then the layer as it is stored. */
public final class ImageFuzz {
    private static final byte[] MARK = "\nLAYER\n".getBytes(UTF_8);
    private static final Path LAYOUT = new OneFile("blobs/sha256/x").root();
    private static final ImageScanner SCANNER = new ImageScanner();

    private ImageFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
        int cut = cut(input);
        var configuration = blob(Arrays.copyOf(input, cut));
        var layer = blob(Arrays.copyOfRange(input, Math.min(input.length, cut + MARK.length), input.length));
        var manifest = blob("""
                {"config":{"digest":"%s"},"layers":[{"digest":"%s"}]}""".formatted(configuration, layer).getBytes(UTF_8));
        try {
            SCANNER.scan(new Subject.Image("fuzz", LAYOUT, manifest));
        } catch (UserError documented) {
            // The documented way to refuse.
        } finally {
            for (var digest : new Digest[] {configuration, layer, manifest}) {
                Files.deleteIfExists(file(digest));
            }
        }
    }

    private static int cut(byte[] input) {
        for (int i = 0; i + MARK.length <= input.length; i++) {
            if (Arrays.equals(input, i, i + MARK.length, MARK, 0, MARK.length)) {
                return i;
            }
        }
        return input.length;
    }

    private static Digest blob(byte[] content) throws IOException {
        var digest = Digest.of(content);
        Files.write(file(digest), content);
        return digest;
    }

    private static Path file(Digest digest) {
        return LAYOUT.resolve("blobs/sha256").resolve(digest.hex());
    }
}
