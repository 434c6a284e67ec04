package dev.stepzero.ship.debian;

import dev.stepzero.core.UserError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;

/**
 * What dpkg would record about a package.
 *
 * @param control its control file
 * @param md5sums its files with their MD5 sums, one a line
 */
public record DebFile(String control, String md5sums) {
    private static final long LARGEST_DATA = 4L << 30;

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
        var reader = new DebReader(visitor, most);
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
}
