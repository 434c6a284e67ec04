package dev.stepzero.scan.image;

import dev.stepzero.core.UserError;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** An image saved as one tar, read in place: only where each piece lies is kept. */
final class ArchiveBlobs implements Blobs {
    private static final int MOST_PIECES = 10_000;
    private static final int MOST_LINKS = 8;

    private final Path archive;
    private final Map<String, Piece> pieces;

    private record Piece(long offset, long length) {}

    private ArchiveBlobs(Path archive, Map<String, Piece> pieces) {
        this.archive = archive;
        this.pieces = pieces;
    }

    /** Finds the pieces in one pass over the headers. */
    static ArchiveBlobs index(Path archive) {
        try (var in = new FileInputStream(archive.toFile());
                var start = new FileInputStream(archive.toFile())) {
            refuseCompressed(archive, new BufferedInputStream(start));
            return new ArchiveBlobs(archive, read(archive, in));
        } catch (IOException | IllegalArgumentException e) {
            throw UserError.unreadable("cannot read the image archive: " + e.getMessage())
                    .at(archive.toString())
                    .fix("give an OCI layout directory, an OCI archive or the output of docker save")
                    .because(e);
        }
    }

    private static void refuseCompressed(Path archive, BufferedInputStream in) throws IOException {
        if (Compression.of(in) != Compression.NONE) {
            throw UserError.unreadable("the image archive is compressed as a whole")
                    .at(archive.toString())
                    .fix("decompress it first: its layers are compressed already");
        }
    }

    private static Map<String, Piece> read(Path archive, InputStream in) throws IOException {
        var pieces = new HashMap<String, Piece>();
        var links = new HashMap<String, String>();
        var meter = new Meter(in);
        var tar = new SafeTar(meter);
        for (var next = tar.next(); next.isPresent(); next = tar.next()) {
            var entry = next.get();
            var name = ImagePath.of(entry.getName()).substring(1);
            if (entry.isSymbolicLink()) {
                links.put(name, target(name, entry));
            } else if (entry.isFile()) {
                pieces.put(name, new Piece(tar.dataOffset(), entry.getSize()));
            }
            if (pieces.size() + links.size() > MOST_PIECES) {
                throw UserError.unreadable("the archive holds more than " + MOST_PIECES + " pieces")
                        .at(archive.toString())
                        .fix("this is no image archive: give the output of docker save or an OCI archive");
            }
            tar.skipContent();
        }
        links.forEach((name, target) -> resolve(links, pieces, target).ifPresent(piece -> pieces.put(name, piece)));
        return pieces;
    }

    private static String target(String name, TarArchiveEntry entry) {
        return ImagePath.resolve(ImagePath.parent("/" + name), entry.getLinkName())
                .substring(1);
    }

    private static Optional<Piece> resolve(Map<String, String> links, Map<String, Piece> pieces, String start) {
        var name = start;
        for (int hop = 0; hop < MOST_LINKS && links.containsKey(name); hop++) {
            name = links.getOrDefault(name, name);
        }
        return Optional.ofNullable(pieces.get(name));
    }

    @Override
    public OptionalLong size(String name) {
        var piece = pieces.get(name);
        return piece == null ? OptionalLong.empty() : OptionalLong.of(piece.length());
    }

    @Override
    public InputStream open(String name) throws IOException {
        var piece = pieces.get(name);
        if (piece == null) {
            throw missing(name);
        }
        return Slice.of(archive, piece.offset(), piece.length());
    }

    @Override
    public String place() {
        return archive.toString();
    }
}
