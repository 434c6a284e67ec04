package dev.stepzero.scan.classes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/** A directory or JAR with classes; its files are read when they are asked for. Safe for use by several threads. */
public abstract class Archive implements AutoCloseable {
    private final Path path;
    private final boolean own;

    private Archive(Path path, boolean own) {
        this.path = path;
        this.own = own;
    }

    /** Opens one. @throws IOException if it is no directory and no JAR */
    public static Archive open(Path path, boolean own) throws IOException {
        return Files.isDirectory(path) ? new Directory(path, own) : new Jar(path, own);
    }

    /** The names of its files, with slashes. */
    public abstract List<String> names() throws IOException;

    protected abstract InputStream stream(String name) throws IOException;

    @Override
    public abstract void close() throws IOException;

    public Path path() {
        return path;
    }

    /** Whether it holds the program itself, not a library. */
    public boolean own() {
        return own;
    }

    /**
     * A file's bytes.
     *
     * @param allowance how many bytes may still be unpacked
     * @throws IOException if it is damaged, or larger than it may be; the message says so
     */
    public byte[] bytes(String name, Allowance allowance) throws IOException {
        try (var in = stream(name)) {
            var bytes = in.readNBytes(allowance.file() + 1);
            allowance.take(bytes.length);
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new IOException("it is damaged", e);
        }
    }

    @Override
    public String toString() {
        return String.valueOf(path.getFileName());
    }

    private static final class Directory extends Archive {
        private final Path root;

        Directory(Path root, boolean own) {
            super(root, own);
            this.root = root;
        }

        @Override
        public List<String> names() throws IOException {
            // Without following links, so that nothing outside is read.
            try (var files = Files.walk(root, new FileVisitOption[0])) {
                return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                        .map(file -> root.relativize(file).toString().replace('\\', '/'))
                        .sorted()
                        .toList();
            }
        }

        @Override
        protected InputStream stream(String name) throws IOException {
            return Files.newInputStream(root.resolve(name), LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        public void close() {}
    }

    private static final class Jar extends Archive {
        private final ZipFile zip;

        Jar(Path file, boolean own) throws IOException {
            super(file, own);
            zip = new ZipFile(file.toFile());
        }

        @Override
        public List<String> names() {
            var names = new ArrayList<String>();
            zip.entries().asIterator().forEachRemaining(entry -> {
                if (!entry.isDirectory()) {
                    names.add(entry.getName());
                }
            });
            return names;
        }

        @Override
        protected InputStream stream(String name) throws IOException {
            var entry = zip.getEntry(name);
            var in = entry == null ? null : zip.getInputStream(entry);
            if (in == null) {
                throw new IOException("it is not there");
            }
            return in;
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }
}
