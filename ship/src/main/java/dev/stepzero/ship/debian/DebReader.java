package dev.stepzero.ship.debian;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Takes the members of one {@code .deb} as they come. */
final class DebReader {
    private static final long LARGEST_CONTROL = 16 << 20;
    private static final int MOST_ENTRIES = 200_000;
    private static final int XZ_MEMORY_KIB = 256 << 10;
    private static final Pattern UP = Pattern.compile("(^|/)\\.\\.(/|$)");

    private final DebFile.Visitor visitor;
    private final long most;
    private String control = "";
    private String md5sums = "";
    private boolean dataSeen;

    DebReader(DebFile.Visitor visitor, long most) {
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

    private static DebFile.Entry understand(TarArchiveEntry entry, String path) throws IOException {
        var mode = entry.getMode() & 07777;
        if (entry.isDirectory()) {
            return new DebFile.Entry.Directory(path, mode);
        }
        if (entry.isSymbolicLink()) {
            return new DebFile.Entry.SymbolicLink(path, entry.getLinkName());
        }
        if (entry.isLink()) {
            return new DebFile.Entry.HardLink(path, inside(entry.getLinkName()));
        }
        if (!entry.isFile()
                || entry.isSparse()
                || entry.isCharacterDevice()
                || entry.isBlockDevice()
                || entry.isFIFO()) {
            throw new IOException("'" + path + "' is neither a file, a directory nor a link");
        }
        return new DebFile.Entry.Regular(path, mode);
    }

    private static String inside(String name) throws IOException {
        if (name.startsWith("/") || name.indexOf('\0') >= 0 || UP.matcher(name).find()) {
            throw new IOException("'" + name + "' leads out of the package");
        }
        return name.replaceFirst("^(?:\\./++)++", "").replaceFirst("^\\.$", "").replaceFirst("/+$", "");
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
