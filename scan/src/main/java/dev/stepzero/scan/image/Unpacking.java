package dev.stepzero.scan.image;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a final file system onto disk. Only directories that it made itself are ever written into, so no link of the
 * image can lead a file elsewhere.
 */
final class Unpacking {
    private static final int OWNER_ALL = 0700;
    private static final int OWNER_READ = 0400;

    private final ImageFiles files;
    private final Path root;
    private final Map<Entry.Source, List<String>> wanted = new HashMap<>();
    private final List<String> leftOut = new ArrayList<>();
    private long written;
    private long bytes;

    Unpacking(ImageFiles files, Path root) {
        this.files = files;
        this.root = root;
    }

    /** Makes the directories and notes which entry ends up under which paths. */
    void directories() {
        try {
            Files.createDirectories(root);
            try (var present = Files.list(root)) {
                if (present.findAny().isPresent()) {
                    throw UserError.unreadable("the directory to unpack into is not empty")
                            .at(root.toString())
                            .fix("give an empty directory");
                }
            }
            for (var file : (Iterable<ImageFile>) files.stream()::iterator) {
                plan(file);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void plan(ImageFile file) throws IOException {
        var entry = file.entry();
        switch (entry.kind()) {
            case DIRECTORY -> {
                if (!file.path().equals("/")) {
                    Files.createDirectory(onDisk(file.path()));
                }
            }
            case FILE ->
                wanted.computeIfAbsent(entry.source(), source -> new ArrayList<>(1))
                        .add(file.path());
            case SYMBOLIC_LINK -> {}
            default -> leftOut.add(Printable.of(file.path()) + " is neither file nor directory nor link");
        }
    }

    /** Writes the content under every path that shows it; an entry that a later layer hides has none. */
    void write(Entry entry, InputStream content) throws IOException, InterruptedException {
        var paths = wanted.getOrDefault(entry.source(), List.of());
        try {
            if (!paths.isEmpty()) {
                write(paths, entry.mode(), content);
            }
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException("unpacking was interrupted").initCause(e);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            // All layers were read to their end before: what fails now is the disk.
            throw unwritable(e);
        }
    }

    private void write(List<String> paths, int mode, InputStream content) throws IOException {
        var first = onDisk(paths.getFirst());
        bytes += Files.copy(content, first);
        Files.setPosixFilePermissions(first, permissions(mode | OWNER_READ));
        for (var path : paths.subList(1, paths.size())) {
            Files.createLink(onDisk(path), first);
        }
        written += paths.size();
    }

    /** Makes the links and gives the directories their permissions. */
    Unpacked finish() {
        try {
            for (var file : (Iterable<ImageFile>) files.stream()::iterator) {
                switch (file.entry().kind()) {
                    case DIRECTORY ->
                        Files.setPosixFilePermissions(
                                onDisk(file.path()), permissions(file.entry().mode() | OWNER_ALL));
                    case SYMBOLIC_LINK -> link(file);
                    default -> {}
                }
            }
            return new Unpacked(written, bytes, leftOut);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Points at the real place of what the link means inside the image: neither host nor other links are involved. */
    private void link(ImageFile link) throws IOException {
        var target = files.find(link.path());
        if (target.isEmpty()) {
            leftOut.add(Printable.of(link.path()) + " is a link to nothing");
            return;
        }
        var from = onDisk(ImagePath.parent(link.path()));
        Files.createSymbolicLink(
                onDisk(link.path()), from.relativize(onDisk(target.get().path())));
    }

    private Path onDisk(String path) {
        return root.resolve(path.substring(1));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var text = new StringBuilder("rwxrwxrwx");
        for (int bit = 0; bit < text.length(); bit++) {
            if ((mode & (OWNER_READ >> bit)) == 0) {
                text.setCharAt(bit, '-');
            }
        }
        return PosixFilePermissions.fromString(text.toString());
    }

    private UserError unwritable(IOException cause) {
        return UserError.engine("cannot unpack the image: " + cause.getMessage())
                .at(root.toString())
                .fix("see that the directory can be written and the disk has room")
                .because(cause);
    }
}
