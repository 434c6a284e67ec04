package dev.stepzero.scan.vulnerabilities;

import dev.stepzero.scan.vulnerabilities.database.Database;
import dev.stepzero.scan.vulnerabilities.database.DatabaseImport;
import dev.stepzero.scan.vulnerabilities.database.Imported;
import dev.stepzero.scan.vulnerabilities.database.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Records of our own in OSV's format, and databases of them. */
public final class Osv {
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    private Osv() {}

    /** A record on one package with one range; quotes are written as apostrophes. */
    public static String record(String id, String ecosystem, String name, String events, String... more) {
        return ("""
                {'id': '%s', 'modified': '2026-11-01T00:00:00Z', 'summary': 'Something is wrong in %s',%s
                 'affected': [{'package': {'ecosystem': '%s', 'name': '%s'},
                   'ranges': [{'type': 'ECOSYSTEM', 'events': [%s]}]}]}
                """)
                .formatted(id, name, String.join("", more), ecosystem, name, events)
                .replace('\'', '"');
    }

    public static String pair(String introduced, String fixed) {
        return "{'introduced': '%s'}, {'fixed': '%s'}".formatted(introduced, fixed);
    }

    /** Writes a zip of texts by name. */
    public static Path zip(Path file, Map<String, String> texts) {
        try {
            Files.write(file, zipped(texts));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] zipped(Map<String, String> texts) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var each : texts.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes a file and answers it. */
    public static Path file(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Imported imported(Path database, Path... sources) throws InterruptedException {
        return new DatabaseImport(database, CLOCK, Limits.USUAL)
                .add(java.util.Arrays.stream(sources).map(Path::toString).toList(), Optional.empty(), Optional.empty());
    }

    /** A database of records. */
    public static Database database(Path directory, String... records) throws InterruptedException {
        for (int i = 0; i < records.length; i++) {
            file(directory.resolve("records").resolve(i + ".json"), records[i]);
        }
        imported(directory.resolve("db"), directory.resolve("records"));
        return Database.open(directory.resolve("db")).orElseThrow();
    }

    /** The ids that the database has on a package. */
    public static List<String> ids(Database database, String ecosystem, String name) {
        return database.find(ecosystem, name).stream()
                .map(entry -> entry.head().get().id())
                .sorted()
                .toList();
    }
}
