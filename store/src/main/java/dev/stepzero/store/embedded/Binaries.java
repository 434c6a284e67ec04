package dev.stepzero.store.embedded;

import dev.stepzero.core.UserError;
import dev.stepzero.store.process.DirectoryLock;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs, unpacked.
 *
 * @param home the directory with {@code bin}, {@code lib} and {@code share}
 * @param major the major version, such as 18
 */
record Binaries(Path home, int major) {
    private static final String VERSION_FILE = "MAJOR";

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** Unpacks what the class path offers for this machine, unless the cache has it; any number may do so at once. */
    static Binaries unpackedIn(Path cache) throws InterruptedException {
        var archive = archive();
        try {
            Files.createDirectories(cache);
            var home = cache.toRealPath().resolve("postgres-" + fingerprint(archive));
            if (!Files.exists(home)) {
                try (var _ = DirectoryLock.take(cache)) {
                    if (!Files.exists(home)) {
                        unpack(archive, home);
                    }
                }
            }
            return new Binaries(home, Integer.parseInt(Files.readString(home.resolve(VERSION_FILE))));
        } catch (IOException e) {
            throw UserError.engine("cannot unpack the embedded PostgreSQL: " + e)
                    .at(cache.toString())
                    .fix("free about 100 MB of disk space there and let the user who runs stepzero write to it")
                    .because(e);
        }
    }

    private static URL archive() {
        var machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        var architecture = machine.equals("aarch64") ? "arm_64" : machine.equals("amd64") ? "x86_64" : machine;
        var name = "/postgres-linux-" + architecture + ".txz";
        var found = Binaries.class.getResource(name);
        if (found == null) {
            throw UserError.engine("there is no embedded PostgreSQL for this machine (" + machine + ")")
                    .fix("set STEPZERO_DATABASE_URL, STEPZERO_DATABASE_USER and STEPZERO_DATABASE_PASSWORD_FILE"
                            + " to a PostgreSQL of yours");
        }
        return found;
    }

    /** Tells one version from another without reading it: a jar's index already holds the checksum. */
    private static String fingerprint(URL archive) throws IOException {
        var connection = archive.openConnection();
        connection.setUseCaches(false);
        if (connection instanceof JarURLConnection jar) {
            try (var file = jar.getJarFile()) {
                var entry = file.getJarEntry(jar.getEntryName());
                return HexFormat.of().toHexDigits((int) entry.getCrc()) + "-" + entry.getSize();
            }
        }
        return ofFile(connection);
    }

    private static String ofFile(URLConnection connection) throws IOException {
        try (var _ = connection.getInputStream()) {
            return connection.getLastModified() + "-" + connection.getContentLengthLong();
        }
    }

    private static void unpack(URL archive, Path home) throws IOException, InterruptedException {
        var partial = home.resolveSibling(home.getFileName() + ".partial");
        Trees.delete(partial);
        Files.createDirectories(
                partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (var content = archive.openStream();
                var tar = new TarArchiveInputStream(
                        new BufferedInputStream(new XZCompressorInputStream(content), 1 << 16))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, partial);
            }
        }
        // createDirectories and the copies obey the umask; whoever stands in for root must be able to read them.
        Trees.openForReading(partial);
        Files.writeString(partial.resolve(VERSION_FILE), Integer.toString(Versions.ofProgram(partial)));
        Trees.openForReading(partial.resolve(VERSION_FILE));
        Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(InputStream content, TarArchiveEntry entry, Path root) throws IOException {
        var path = root.resolve(entry.getName()).normalize();
        if (!path.startsWith(root)) {
            throw new IOException("the archive leaves its directory: " + entry.getName());
        }
        var parent = path.getParent();
        if (entry.isDirectory() || parent == null || entry.getName().endsWith(".a")) {
            return;
        }
        Files.createDirectories(parent);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(content, path);
            if ((entry.getMode() & 0100) != 0) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
