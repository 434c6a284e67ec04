package dev.stepzero.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The migrations on the class path by version, with the checksums that Flyway gives them. They tell in milliseconds
 * that there is nothing to do, for which Flyway itself takes half a second.
 *
 * @param checksums by version
 */
record KnownMigrations(TreeMap<String, Integer> checksums) {
    static final String FOLDER = "db/migration";

    private static final Pattern FILE = Pattern.compile("V(\\d+)__\\w+\\.sql");
    private static final String APPLIED =
            "SELECT version, checksum, success FROM flyway_schema_history WHERE version IS NOT NULL";

    /** Reads the class path; whatever it cannot make sense of, it leaves to Flyway by an answer that matches nothing. */
    static KnownMigrations onClassPath(ClassLoader loader) throws IOException {
        var checksums = new TreeMap<String, Integer>();
        for (var folder : (Iterable<URL>) loader.resources(FOLDER)::iterator) {
            for (var name : names(folder)) {
                var file = FILE.matcher(name);
                var content = loader.getResource(FOLDER + "/" + name);
                if (!file.matches() || content == null) {
                    return new KnownMigrations(new TreeMap<>());
                }
                checksums.put(file.group(1), checksum(content));
            }
        }
        return new KnownMigrations(checksums);
    }

    /** Whether exactly these were applied, each as it is now. */
    boolean areApplied(Connection connection) throws SQLException {
        if (checksums.isEmpty() || !hasHistory(connection)) {
            return false;
        }
        var applied = new TreeMap<String, Integer>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(APPLIED)) {
            while (rows.next()) {
                if (!rows.getBoolean("success")) {
                    return false;
                }
                applied.put(rows.getString("version"), rows.getInt("checksum"));
            }
        }
        return applied.equals(checksums);
    }

    private static boolean hasHistory(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT to_regclass('flyway_schema_history') IS NOT NULL")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static List<String> names(URL folder) throws IOException {
        if (folder.openConnection() instanceof JarURLConnection jar) {
            var prefix = FOLDER + "/";
            return jar.getJarFile().stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(prefix) && name.length() > prefix.length())
                    .map(name -> name.substring(prefix.length()))
                    .toList();
        }
        try (var files = Files.list(Path.of(folder.toURI()))) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** Flyway's checksum: CRC-32 over the lines without their ends. */
    private static int checksum(URL content) throws IOException {
        var crc = new CRC32();
        try (var reader = new BufferedReader(new InputStreamReader(content.openStream(), StandardCharsets.UTF_8))) {
            var lines = new ArrayList<>(reader.lines().toList());
            if (!lines.isEmpty() && lines.getFirst().startsWith("\uFEFF")) {
                lines.set(0, lines.getFirst().substring(1));
            }
            lines.forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
        }
        return (int) crc.getValue();
    }
}
