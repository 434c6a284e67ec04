package dev.stepzero.scan.image;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** What a tar of an image holds, found in one pass over its headers. */
final class TarIndex {
    private static final int MOST_PIECES = 10_000;
    private static final int MOST_LINKS = 8;

    private final Map<String, Piece> pieces = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();

    /**
     * A file of the tar.
     *
     * @param name the real one, where it was found under that of a link
     */
    record Piece(String name, long offset, long length) {}

    /**
     * Looks at a file's content while it streams by.
     *
     * @param <E> what else than the stream may fail
     */
    @FunctionalInterface
    interface PieceReader<E extends Exception> {
        void read(Piece piece, InputStream content) throws IOException, E;
    }

    /**
     * Reads a tar to its end.
     *
     * @param place for messages
     * @param <E> what else than the stream may fail
     */
    static <E extends Exception> TarIndex read(InputStream in, String place, PieceReader<E> reader)
            throws IOException, E {
        var index = new TarIndex();
        var tar = new SafeTar(new Meter(in));
        for (var next = tar.next(); next.isPresent(); next = tar.next()) {
            var entry = next.get();
            var name = ImagePath.of(entry.getName()).substring(1);
            if (entry.isSymbolicLink() || entry.isLink()) {
                index.links.put(name, target(name, entry));
            } else if (entry.isFile()) {
                var piece = new Piece(name, tar.dataOffset(), entry.getSize());
                index.pieces.put(name, piece);
                reader.read(piece, tar.content());
            }
            if (index.pieces.size() + index.links.size() > MOST_PIECES) {
                throw UserError.unreadable("the archive holds more than " + MOST_PIECES + " pieces")
                        .at(place)
                        .fix("this is no image archive: give the output of docker save or an OCI archive");
            }
            tar.skipContent();
        }
        return index;
    }

    private static String target(String name, TarArchiveEntry entry) {
        var from = entry.isLink() ? "/" : ImagePath.parent("/" + name);
        return ImagePath.resolve(from, entry.getLinkName()).substring(1);
    }

    /** What is under a name, be it by links. */
    Optional<Piece> find(String start) {
        var name = start;
        for (int hop = 0; hop < MOST_LINKS && links.containsKey(name); hop++) {
            name = links.getOrDefault(name, name);
        }
        return Optional.ofNullable(pieces.get(name));
    }
}
