package dev.stepzero.scan.tree;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** What of a repository is committed, or about to be, as its index says. Reads it when first asked. */
final class Tracked {
    private static final int HEADER = 12;

    /** An entry has a path, a digest, times, a size, an owner. */
    private static final int SMALLEST_ENTRY = 62;

    private final Path root;
    private final Intake intake;
    private @Nullable DirCache index;

    Tracked(Path root, Intake intake) {
        this.root = root;
        this.intake = intake;
    }

    boolean contains(String file) {
        return index().findEntry(file) >= 0;
    }

    /** Whether anything in a directory is, or it is a repository that is. */
    boolean within(String directory) {
        var cache = index();
        if (cache.findEntry(directory) >= 0) {
            return true;
        }
        int at = -1 - cache.findEntry(directory + "/");
        return at >= 0
                && at < cache.getEntryCount()
                && cache.getEntry(at).getPathString().startsWith(directory + "/");
    }

    private DirCache index() {
        var known = index == null ? read() : index;
        index = known;
        return known;
    }

    private DirCache read() {
        var file = Repositories.gitDirectory(root).resolve("index");
        if (Files.isRegularFile(file)) {
            try {
                check(file);
                return DirCache.read(file.toFile(), FS.DETECTED);
            } catch (IOException | RuntimeException e) {
                intake.skipped(".git/index", "it cannot be read, so what is committed though ignored is left out");
            }
        }
        return DirCache.newInCore();
    }

    /** A few bytes may promise so many entries that there is no room for them. */
    private static void check(Path file) throws IOException {
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            in.skipNBytes(HEADER - Integer.BYTES);
            if (Integer.toUnsignedLong(in.readInt()) > Files.size(file) / SMALLEST_ENTRY) {
                throw new IOException("it has fewer entries than it says");
            }
        }
    }
}
