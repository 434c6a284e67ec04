package dev.stepzero.ship.contents;

import dev.stepzero.core.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;

/** The digests of archives on disk, whatever their size. */
public final class Archives {
    private Archives() {}

    /** An archive that is about to go into an image. */
    public static Contents.Archive archive(String place, Path file) throws IOException {
        return new Contents.Archive(place, file.toString(), sha256(file).hex());
    }

    static Digest sha256(Path file) throws IOException {
        var sha256 = Digest.sha256();
        try (var in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return new Digest(HexFormat.of().formatHex(sha256.digest()));
    }
}
