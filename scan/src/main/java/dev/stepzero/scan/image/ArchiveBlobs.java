package dev.stepzero.scan.image;

import dev.stepzero.core.UserError;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;

/** An image saved as one tar, read in place: only where each piece lies is kept. */
record ArchiveBlobs(Path archive, TarIndex index) implements Blobs {
    private static final int TAR_MAGIC_AT = 257;
    private static final byte[] TAR_MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);

    /** Finds the pieces in one pass over the headers. */
    static ArchiveBlobs index(Path archive) {
        try (var in = new FileInputStream(archive.toFile());
                var start = new FileInputStream(archive.toFile())) {
            refuseCompressed(archive, new BufferedInputStream(start));
            return new ArchiveBlobs(archive, TarIndex.read(in, archive.toString(), (piece, content) -> {}));
        } catch (IOException | IllegalArgumentException e) {
            throw UserError.unreadable("cannot read the image archive: " + e.getMessage())
                    .at(archive.toString())
                    .fix("give an OCI layout directory, an OCI archive or the output of docker save")
                    .because(e);
        }
    }

    /** Whether a file begins as tars do. */
    static boolean looksLikeTar(Path file) {
        try (var in = new FileInputStream(file.toFile())) {
            in.skipNBytes(TAR_MAGIC_AT);
            return java.util.Arrays.equals(in.readNBytes(TAR_MAGIC.length), TAR_MAGIC);
        } catch (IOException e) {
            return false;
        }
    }

    private static void refuseCompressed(Path archive, BufferedInputStream in) throws IOException {
        if (Compression.of(in) != Compression.NONE) {
            throw UserError.unreadable("the image archive is compressed as a whole")
                    .at(archive.toString())
                    .fix("decompress it first: its layers are compressed already");
        }
    }

    @Override
    public OptionalLong size(String name) {
        var piece = index.find(name);
        return piece.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(piece.get().length());
    }

    @Override
    public InputStream open(String name) throws IOException {
        var piece = index.find(name).orElseThrow(() -> missing(name));
        return Slice.of(archive, piece.offset(), piece.length());
    }

    @Override
    public String place() {
        return archive.toString();
    }
}
