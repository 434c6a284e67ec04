package dev.stepzero.scan.image;

import dev.stepzero.core.UserError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A directory that is the root of a file system, such as a mounted disk or an unpacked image, seen as an image of one
 * layer. No link is followed, and nothing outside the directory is read.
 */
public final class RootFileSystem {
    /** What the kernel makes up: no file of theirs ends. */
    private static final Set<String> VIRTUAL = Set.of("/proc", "/sys", "/dev");

    private static final int MOST_ENTRIES = 5_000_000;
    private static final int READABLE = 0644;
    private static final int EXECUTABLE = 0755;

    private final Path root;
    private final EntryVisitor visitor;
    private final ImageFiles files = new ImageFiles();
    private int position;

    private RootFileSystem(Path root, EntryVisitor visitor) {
        this.root = root;
        this.visitor = visitor;
    }

    /**
     * Streams every file past the visitor. Permissions are only told apart by whether a file may be run; owners and
     * attributes are not read.
     *
     * @throws UserError if the directory cannot be read; a file in it that cannot be read is passed over
     */
    public static ImageFiles read(Path root, EntryVisitor visitor) throws InterruptedException {
        if (!Files.isDirectory(root)) {
            throw UserError.unreadable("there is no such directory")
                    .at(root.toString())
                    .fix("name the directory that is the root of a file system");
        }
        var reading = new RootFileSystem(root, visitor);
        try {
            reading.walk();
        } catch (IOException e) {
            throw UserError.unreadable("cannot read the file system: " + e.getMessage())
                    .at(root.toString())
                    .because(e);
        } catch (Interruption e) {
            throw e.interrupted;
        }
        return reading.files;
    }

    /** Carries an interrupt through the walk. */
    private static final class Interruption extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient InterruptedException interrupted;

        Interruption(InterruptedException interrupted) {
            super(interrupted);
            this.interrupted = interrupted;
        }
    }

    private void walk() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return VIRTUAL.contains(pathOf(directory)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    look(file, attributes);
                } catch (InterruptedException e) {
                    throw new Interruption(e);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (file.equals(root)) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private String pathOf(Path file) {
        var relative = root.relativize(file).toString().replace('\\', '/');
        return relative.isEmpty() ? "/" : "/" + relative;
    }

    private void look(Path file, BasicFileAttributes attributes) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("reading a file system was interrupted");
        }
        if (position >= MOST_ENTRIES) {
            throw new IOException("it holds more than " + MOST_ENTRIES + " files");
        }
        if (attributes.isSymbolicLink()) {
            add(
                    file,
                    Entry.Kind.SYMBOLIC_LINK,
                    0,
                    Optional.of(Files.readSymbolicLink(file).toString()),
                    InputStream.nullInputStream());
        } else if (attributes.isRegularFile() && Files.isReadable(file)) {
            try (var content =
                    new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), 64 << 10)) {
                add(file, Entry.Kind.FILE, attributes.size(), Optional.empty(), content);
            }
        }
    }

    private void add(Path file, Entry.Kind kind, long size, Optional<String> link, InputStream content)
            throws IOException, InterruptedException {
        int mode = kind == Entry.Kind.FILE && !Files.isExecutable(file) ? READABLE : EXECUTABLE;
        var entry = new Entry(-1, position++, pathOf(file), kind, mode, 0, 0, size, link, Map.of());
        files.add(entry);
        visitor.visit(entry, content);
    }
}
