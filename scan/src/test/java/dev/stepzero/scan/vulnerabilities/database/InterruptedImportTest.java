package dev.stepzero.scan.vulnerabilities.database;

import static dev.stepzero.scan.vulnerabilities.Osv.ids;
import static dev.stepzero.scan.vulnerabilities.Osv.imported;
import static dev.stepzero.scan.vulnerabilities.Osv.pair;
import static dev.stepzero.scan.vulnerabilities.Osv.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.scan.vulnerabilities.Osv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An import that is cut leaves the database as it was. */
@Timeout(120)
class InterruptedImportTest {
    @TempDir
    private Path directory;

    /** The process that is killed: it writes half a segment, says so, and waits. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            var home = Path.of(arguments[0]);
            try (var _ = ImportLock.of(home);
                    var writer = new SegmentWriter(
                            home.resolve("feed-half" + ImportLock.EXTENSION), java.util.Optional.empty())) {
                writer.add(record("B-1", "npm", "thing", pair("0", "1.0.0"))
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
                Files.writeString(home.resolve("database.json.new"), "{\"format\": 1, \"feeds\": [");
                System.out.println("half");
                System.out.flush();
                System.in.read();
            }
        }
    }

    private Map<String, String> texts(String prefix, int count) {
        var texts = new HashMap<String, String>();
        for (int i = 0; i < count; i++) {
            texts.put(prefix + i + ".json", record(prefix + i, "npm", "thing" + i % 50, pair("0", "1.0.0")));
        }
        return texts;
    }

    @Test
    void aKilledImportLeavesTheOldDatabaseAndHoldsNobodyUp() throws Exception {
        var home = directory.resolve("db");
        var zip = Osv.zip(directory.resolve("all.zip"), texts("A-", 50));
        imported(home, zip);

        var victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = victim.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("half");
            assertThatThrownBy(() -> imported(home, zip)).hasMessageContaining("another import");
        } finally {
            victim.destroyForcibly().waitFor();
        }

        try (var database = Database.open(home).orElseThrow()) {
            assertThat(ids(database, "npm", "thing7")).containsExactly("A-7");
        }
        imported(home, Osv.zip(zip, texts("C-", 50)));
        try (var database = Database.open(home).orElseThrow()) {
            assertThat(ids(database, "npm", "thing7")).containsExactly("C-7");
        }
        assertThat(bins(home)).hasSize(1);
    }

    @Test
    void aCancelledImportLeavesTheOldDatabase() throws IOException, InterruptedException {
        var home = directory.resolve("db");
        var zip = Osv.zip(directory.resolve("all.zip"), texts("A-", 50));
        imported(home, zip);
        Osv.zip(zip, texts("B-", 50));

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> imported(home, zip)).isInstanceOf(InterruptedException.class);

        try (var database = Database.open(home).orElseThrow()) {
            assertThat(ids(database, "npm", "thing7")).containsExactly("A-7");
        }
        assertThat(bins(home)).hasSize(1);
    }

    private static String[] bins(Path home) {
        return home.toFile().list((at, name) -> name.endsWith(".bin"));
    }
}
