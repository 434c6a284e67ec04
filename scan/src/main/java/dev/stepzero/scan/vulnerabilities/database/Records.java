package dev.stepzero.scan.vulnerabilities.database;

import dev.stepzero.core.UserError;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The JSON texts of a zip, or of loose files, one after another. */
final class Records {
    private final Limits limits;
    private final Imported imported;

    Records(Limits limits, Imported imported) {
        this.limits = limits;
        this.imported = imported;
    }

    /** Takes a text. */
    interface Sink {
        void accept(String name, byte[] json) throws IOException, InterruptedException;
    }

    /** Whether a file begins like a zip. */
    static boolean isZip(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var magic = in.readNBytes(4);
            return magic.length == 4 && magic[0] == 'P' && magic[1] == 'K' && (magic[2] == 3 || magic[2] == 5);
        }
    }

    /** Reads the entries whose names end with {@code .json}. @throws UserError if it is no zip, or a bomb */
    void ofZip(Path file, String location, Sink sink) throws IOException, InterruptedException {
        long left = limits.unpacked(Files.size(file));
        try (var zip = new ZipFile(file.toFile())) {
            var entries = zip.entries().asIterator();
            while (entries.hasNext()) {
                var entry = entries.next();
                if (entry.isDirectory() || !entry.getName().endsWith(".json")) {
                    continue;
                }
                var json = entry(zip, entry);
                left -= json.map(each -> each.length).orElse(0);
                if (left < 0) {
                    throw UserError.unreadable("it unpacks to more than %d times its size".formatted(limits.ratio()))
                            .at(location)
                            .fix("get it again from where it is published; no honest file is packed so densely");
                }
                if (json.isPresent() && !tooLarge(entry.getName(), json.get())) {
                    sink.accept(entry.getName(), json.get());
                }
            }
        } catch (ZipException e) {
            throw UserError.unreadable("it is no whole zip: " + e.getMessage())
                    .at(location)
                    .fix("get it again")
                    .because(e);
        }
    }

    /** The entry, at most one byte longer than a record may be; empty where it is damaged. */
    private Optional<byte[]> entry(ZipFile zip, ZipEntry entry) throws IOException {
        try (var in = zip.getInputStream(entry)) {
            return Optional.of(limited(in));
        } catch (ZipException | EOFException e) {
            imported.skipped(entry.getName(), "it is damaged: " + e.getMessage());
            return Optional.empty();
        }
    }

    private byte[] limited(InputStream in) throws IOException {
        return in.readNBytes(limits.record() + 1);
    }

    private boolean tooLarge(String name, byte[] json) {
        if (json.length > limits.record()) {
            imported.skipped(
                    name, "it is larger than the %d MB that a record may have".formatted(limits.record() >> 20));
            return true;
        }
        return false;
    }

    /** Reads files, each of which is one text. */
    void ofFiles(List<Path> files, Path directory, Sink sink) throws IOException, InterruptedException {
        for (var file : files) {
            var name = directory.relativize(file).toString();
            byte[] json;
            try (var in = Files.newInputStream(file)) {
                json = limited(in);
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                imported.skipped(name, "it cannot be read: " + e.getMessage());
                continue;
            }
            if (!tooLarge(name, json)) {
                sink.accept(name, json);
            }
        }
    }
}
