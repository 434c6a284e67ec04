package dev.stepzero.ship.debian;

import dev.stepzero.core.UserError;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * What dpkg would record about a package.
 *
 * @param control its control file
 * @param md5sums its files with their MD5 sums, one a line
 */
public record DebFile(String control, String md5sums) {
    private static final long LARGEST_CONTROL = 16 << 20;
    private static final long LARGEST_DATA = 4L << 30;
    private static final int MOST_ENTRIES = 200_000;
    private static final int XZ_MEMORY_KIB = 256 << 10;
    private static final Pattern UP = Pattern.compile("(^|/)\\.\\.(/|$)");

    /** A thing in a package; {@code path} is relative to the root, without a leading or trailing slash. */
    public sealed interface Entry {
        String path();

        record Directory(String path, int mode) implements Entry {}

        record Regular(String path, int mode) implements Entry {}

        /** {@code target} is as it stands in the package: relative or absolute, perhaps to another package's file. */
        record SymbolicLink(String path, String target) implements Entry {}

        /** Another name of a file that came before. */
        record HardLink(String path, String target) implements Entry {}
    }

    /** Takes the entries of a package in their order; the content is empty unless the entry is a regular file. */
    @FunctionalInterface
    public interface Visitor {
        void visit(Entry entry, InputStream content) throws IOException;
    }

    /**
     * Reads a {@code .deb} (deb(5)) from front to back.
     *
     * @throws UserError if it is damaged, or unpacks to more than 4 GiB or 200,000 entries, or has entries that lead
     *     out of the root or are devices
     */
    public static DebFile read(Path file, Visitor visitor) {
        return read(file, visitor, LARGEST_DATA);
    }

    static DebFile read(Path file, Visitor visitor, long most) {
        var reader = new Reader(visitor, most);
        try (var ar = new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            for (var member = ar.getNextEntry(); member != null; member = ar.getNextEntry()) {
                reader.member(member.getName(), ar);
            }
            return reader.finish();
        } catch (IOException | IllegalArgumentException e) {
            throw UserError.unreadable("not a sound Debian package: " + e.getMessage())
                    .at(file.toString())
                    .fix("fetch it again; if that does not help, the archive is damaged")
                    .because(e);
        }
    }

    private static final class Reader {
        private final Visitor visitor;
        private final long most;
        private String control = "";
        private String md5sums = "";
        private boolean dataSeen;

        Reader(Visitor visitor, long most) {
            this.visitor = visitor;
            this.most = most;
        }

        void member(String name, InputStream in) throws IOException {
            if (name.startsWith("control.tar")) {
                try (var tar = tar(name, in, LARGEST_CONTROL)) {
                    readControl(tar);
                }
            } else if (name.startsWith("data.tar")) {
                dataSeen = true;
                try (var tar = tar(name, in, most)) {
                    readData(tar);
                }
            }
        }

        DebFile finish() throws IOException {
            if (control.isEmpty() || !dataSeen) {
                throw new IOException("it has no control file or no data");
            }
            return new DebFile(control, md5sums);
        }

        private static TarArchiveInputStream tar(String name, InputStream in, long most) throws IOException {
            var unclosed = new Unclosed(in);
            var plain = switch (name.substring(name.indexOf(".tar") + 4)) {
                case ".xz" -> new XZInputStream(unclosed, XZ_MEMORY_KIB);
                case ".gz" -> new GZIPInputStream(unclosed, 1 << 16);
                case "" -> unclosed;
                case String other -> throw new IOException("it is compressed as " + other + ", not xz or gz");
            };
            return new TarArchiveInputStream(new Bounded(plain, most), "UTF-8");
        }

        private void readControl(TarArchiveInputStream tar) throws IOException {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                switch (entry.getName()) {
                    case "./control", "control" -> control = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
                    case "./md5sums", "md5sums" -> md5sums = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
                    default -> {}
                }
            }
        }

        private void readData(TarArchiveInputStream tar) throws IOException {
            var count = 0;
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (++count > MOST_ENTRIES) {
                    throw new IOException("it has more than " + MOST_ENTRIES + " entries");
                }
                var path = inside(entry.getName());
                if (!path.isEmpty()) {
                    visitor.visit(understand(entry, path), tar);
                }
            }
        }

        private static Entry understand(TarArchiveEntry entry, String path) throws IOException {
            var mode = entry.getMode() & 07777;
            if (entry.isDirectory()) {
                return new Entry.Directory(path, mode);
            }
            if (entry.isSymbolicLink()) {
                return new Entry.SymbolicLink(path, entry.getLinkName());
            }
            if (entry.isLink()) {
                return new Entry.HardLink(path, inside(entry.getLinkName()));
            }
            if (!entry.isFile()
                    || entry.isSparse()
                    || entry.isCharacterDevice()
                    || entry.isBlockDevice()
                    || entry.isFIFO()) {
                throw new IOException("'" + path + "' is neither a file, a directory nor a link");
            }
            return new Entry.Regular(path, mode);
        }

        private static String inside(String name) throws IOException {
            if (name.startsWith("/")
                    || name.indexOf('\0') >= 0
                    || UP.matcher(name).find()) {
                throw new IOException("'" + name + "' leads out of the package");
            }
            return name.replaceFirst("^(\\./+)+", "").replaceFirst("^\\.$", "").replaceFirst("/+$", "");
        }
    }

    /** Keeps the archive open when the stream over one of its members is closed. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // The archive's reader goes on behind this member.
        }
    }
}
