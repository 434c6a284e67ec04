package dev.stepzero.scan.vulnerabilities.database;

import static dev.stepzero.scan.vulnerabilities.Osv.CLOCK;
import static dev.stepzero.scan.vulnerabilities.Osv.ids;
import static dev.stepzero.scan.vulnerabilities.Osv.imported;
import static dev.stepzero.scan.vulnerabilities.Osv.pair;
import static dev.stepzero.scan.vulnerabilities.Osv.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.vulnerabilities.Osv;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of files of advisories. */
class DatabaseImportTest {
    private static final Limits SMALL =
            new Limits(1 << 20, 1 << 20, 100, 1 << 20, 1 << 20, Duration.ofSeconds(5), Duration.ofSeconds(20));

    @TempDir
    private Path directory;

    private Path home;

    @BeforeEach
    void nameHome() {
        home = directory.resolve("db");
    }

    private Database database() {
        return Database.open(home).orElseThrow();
    }

    private Imported limited(Path source) throws InterruptedException {
        return new DatabaseImport(home, CLOCK, SMALL)
                .add(List.of(source.toString()), Optional.empty(), Optional.empty());
    }

    private static String thing(String id) {
        return record(id, "npm", "thing", pair("0", "1.0.0"));
    }

    @Test
    void nothingIsThereBeforeTheFirstImport() {
        assertThat(Database.open(home)).isEmpty();
    }

    @Test
    void zipsAndFoldersAndFoldersOfZipsAreRead() throws InterruptedException, IOException {
        Files.createDirectories(directory.resolve("all/npm"));
        Osv.zip(directory.resolve("all/npm/all.zip"), Map.of("A-1.json", thing("A-1"), "notes.txt", "no record"));
        Osv.file(directory.resolve("all/loose/A-2.json"), thing("A-2"));
        var single = Osv.zip(directory.resolve("single.zip"), Map.of("A-3.json", thing("A-3")));

        var imported = imported(home, directory.resolve("all"), single);

        assertThat(imported.records()).isEqualTo(3);
        try (var database = database()) {
            assertThat(ids(database, "npm", "thing")).containsExactly("A-1", "A-2", "A-3");
            assertThat(ids(database, "npm", "other")).isEmpty();
            assertThat(ids(database, "PyPI", "thing")).isEmpty();
            assertThat(database.catalogue().asOf("npm")).contains(Instant.parse("2026-11-01T00:00:00Z"));
        }
    }

    @Test
    void aSecondImportReadsOnlyWhatChangedAndForgetsWhatIsGone() throws InterruptedException {
        var zip = directory.resolve("all.zip");
        Osv.zip(zip, Map.of("A-1.json", thing("A-1"), "A-2.json", thing("A-2"), "A-3.json", thing("A-3")));
        imported(home, zip);

        Osv.zip(zip, Map.of("A-1.json", thing("A-1"), "A-2.json", thing("A-2b"), "A-4.json", thing("A-4")));
        var again = imported(home, zip);

        assertThat(again.records()).isEqualTo(3);
        assertThat(again.reused()).isEqualTo(1);
        try (var database = database()) {
            assertThat(ids(database, "npm", "thing")).containsExactly("A-1", "A-2b", "A-4");
            assertThat(database.byId("a-4")).hasSize(1);
            assertThat(database.byId("A-3")).isEmpty();
        }
    }

    @Test
    void anotherSourceLeavesTheFirstAlone() throws InterruptedException {
        imported(home, Osv.zip(directory.resolve("one.zip"), Map.of("A-1.json", thing("A-1"))));
        imported(home, Osv.zip(directory.resolve("two.zip"), Map.of("A-2.json", thing("A-2"))));

        try (var database = database()) {
            assertThat(ids(database, "npm", "thing")).containsExactly("A-1", "A-2");
        }
    }

    @Test
    void whoHasTheDatabaseOpenKeepsIt() throws InterruptedException {
        var zip = Osv.zip(directory.resolve("all.zip"), Map.of("A-1.json", thing("A-1")));
        imported(home, zip);

        try (var before = database()) {
            imported(home, Osv.zip(zip, Map.of("A-2.json", thing("A-2"))));

            assertThat(ids(before, "npm", "thing")).containsExactly("A-1");
        }
        try (var after = database()) {
            assertThat(ids(after, "npm", "thing")).containsExactly("A-2");
        }
    }

    @Test
    void aBadRecordIsNamedAndTheOthersAreRead() throws InterruptedException {
        var texts = new HashMap<String, String>();
        texts.put("good.json", thing("A-1"));
        texts.put("cut.json", thing("A-2").substring(0, 80));
        texts.put("array.json", "[]");
        texts.put("nameless.json", "{\"summary\": \"x\"}");
        texts.put("deep.json", "{\"id\": \"A-3\", \"x\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}");
        texts.put("large.json", "{\"id\": \"A-4\", \"x\": \"" + "x".repeat(1 << 20) + "\"}");
        texts.put("kev.json", "{\"catalogVersion\": \"2026\"}");

        var imported = limited(Osv.zip(directory.resolve("all.zip"), texts));

        assertThat(imported.records()).isEqualTo(1);
        assertThat(imported.skippedCount()).isEqualTo(6);
        assertThat(imported.skipped())
                .anyMatch(each -> each.startsWith("large.json: it is larger than the 1 MB"))
                .anyMatch(each -> each.startsWith("deep.json: it cannot be read"))
                .anyMatch(each -> each.startsWith("nameless.json: it is no OSV record"))
                .anyMatch(each -> each.startsWith("kev.json") && each.endsWith("--kev"));
    }

    @Test
    void aBombIsRefusedAndTheOldDatabaseStays() throws InterruptedException {
        var zip = Osv.zip(directory.resolve("all.zip"), Map.of("A-1.json", thing("A-1")));
        imported(home, zip);
        var texts = new HashMap<String, String>();
        for (int i = 0; i < 60; i++) {
            texts.put(i + ".json", "{\"id\": \"B-%d\", \"x\": \"%s\"}".formatted(i, "x".repeat(1_000_000)));
        }
        Osv.zip(zip, texts);

        assertThatThrownBy(() -> limited(zip))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("unpacks to more than");
        try (var database = database()) {
            assertThat(ids(database, "npm", "thing")).containsExactly("A-1");
        }
        assertThat(home).isDirectoryNotContaining("glob:**.new");
        assertThat(home.toFile().list((at, name) -> name.endsWith(".bin"))).hasSize(1);
    }

    @Test
    void whatHoldsNoRecordIsAnError() throws IOException {
        var text = Osv.file(directory.resolve("notes/notes.json"), "{}");
        Files.createDirectories(directory.resolve("empty"));
        var broken = Files.write(directory.resolve("broken.zip"), new byte[] {'P', 'K', 3, 4, 0, 0});

        assertThatThrownBy(() -> imported(home, text)).hasMessageContaining("no OSV record in it");
        assertThatThrownBy(() -> imported(home, directory.resolve("empty"))).hasMessageContaining("neither");
        assertThatThrownBy(() -> imported(home, directory.resolve("gone"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> imported(home, broken)).hasMessageContaining("no whole zip");
        assertThat(Database.open(home)).isEmpty();
    }

    @Test
    void whatACutImportLeftIsSweptByTheNext() throws IOException, InterruptedException {
        var leftover = Osv.file(home.resolve("feed-leftover.bin"), "half a segment");
        Osv.file(home.resolve("database.json.new"), "{\"format\":");

        imported(home, Osv.zip(directory.resolve("all.zip"), Map.of("A-1.json", thing("A-1"))));

        assertThat(leftover).doesNotExist();
        try (var database = database()) {
            assertThat(ids(database, "npm", "thing")).containsExactly("A-1");
        }
    }

    @Test
    void onlyOneImportRunsAtATime() throws IOException {
        Files.createDirectories(home);
        var zip = Osv.zip(directory.resolve("all.zip"), Map.of("A-1.json", thing("A-1")));

        try (var channel = FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            assertThatThrownBy(() -> imported(home, zip)).hasMessageContaining("another import is under way");
        }
    }

    @Test
    void aDamagedDatabaseSaysSo() throws IOException, InterruptedException {
        imported(home, Osv.zip(directory.resolve("all.zip"), Map.of("A-1.json", thing("A-1"))));
        Path segment;
        try (var files = Files.list(home)) {
            segment = files.filter(file -> file.toString().endsWith(".bin"))
                    .findFirst()
                    .orElseThrow();
        }
        var whole = Files.readAllBytes(segment);

        Files.write(segment, java.util.Arrays.copyOf(whole, whole.length - 5));
        assertThatThrownBy(() -> Database.open(home))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("damaged");

        var garbled = whole.clone();
        java.util.Arrays.fill(garbled, Segment.HEADER, whole.length - 100, (byte) 0xff);
        Files.write(segment, garbled);
        try (var database = database()) {
            assertThatThrownBy(() -> ids(database, "npm", "thing"))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("damaged");
        }

        Files.writeString(home.resolve("database.json"), "{");
        assertThatThrownBy(() -> Database.open(home)).isInstanceOf(UserError.class);
    }

    @Test
    void listsOfCvesMayBePacked() throws IOException, InterruptedException {
        imported(home, Osv.zip(directory.resolve("all.zip"), Map.of("A-1.json", thing("A-1"))));
        var epss = directory.resolve("epss.csv.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(epss))) {
            out.write("#model_version:v1,score_date:2026-11-20T00:00:00Z\ncve,epss,percentile\nCVE-2026-12345,0.5,0.9\n"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        new DatabaseImport(home, CLOCK, SMALL).add(List.of(), Optional.empty(), Optional.of(epss.toString()));

        try (var database = database()) {
            assertThat(database.exploitation(List.of("CVE-2026-12345")).probability())
                    .contains(0.5);
            assertThat(database.exploitation(List.of("CVE-2026-012345", "GHSA-x"))
                            .probability())
                    .isEmpty();
            assertThat(database.catalogue().probabilities())
                    .hasValueSatisfying(table -> assertThat(table.published()).isEqualTo("2026-11-20T00:00:00Z"));
            assertThat(ids(database, "npm", "thing")).containsExactly("A-1");
        }
    }

    @Test
    void aListThatIsNoneIsRefused() throws IOException {
        var html = Osv.file(directory.resolve("epss.csv"), "<html>\n");
        var wrong = Osv.file(directory.resolve("wrong.csv"), "CVE-2026-1234,7,1\n");
        var endless = directory.resolve("endless.csv.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(endless))) {
            out.write(new byte[3 << 20]);
        }
        var changes = new DatabaseImport(home, CLOCK, SMALL);

        for (var file : List.of(html, wrong, endless)) {
            assertThatThrownBy(() -> changes.add(List.of(), Optional.empty(), Optional.of(file.toString())))
                    .isInstanceOf(UserError.class);
        }
        assertThatThrownBy(() -> changes.add(List.of(), Optional.of(html.toString()), Optional.empty()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("CISA");
    }

    private static String parser(String ecosystem, String specific) {
        return record("A-1", ecosystem, "g:a", pair("0", "1.0.0"))
                .replace("\"ranges\"", specific.replace('\'', '"') + ", \"ranges\"");
    }

    private List<String> symbols() {
        try (var database = database()) {
            return database.find("Maven", "g:a").getFirst().affected().symbols();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'ecosystem_specific': {'severity': 'HIGH', 'affected_functions': ['g.A.b', 'g.A.c']}",
                "'database_specific': {'vulnerable_functions': ['g.A.b', 'g.A.c'], 'cwe_ids': ['CWE-1']}",
                "'ecosystem_specific': {'imports': [{'path': 'g.A', 'symbols': ['b', 'c']}, 7]}",
                "'ecosystem_specific': {'affects': {'os': [], 'functions': {'g.A.b': ['< 1'], 'g.A.c': []}}}",
                "'ecosystem_specific': {'affects': {'functions': ['g.A.b', 'g.A.c']}}",
            })
    void methodsThatARecordOnJavaNamesAreKept(String specific) throws InterruptedException {
        imported(home, Osv.file(directory.resolve("a.json"), parser("Maven", specific)));

        assertThat(symbols()).containsExactly("g.A.b", "g.A.c");
    }

    @Test
    void methodsOfOtherLanguagesAreNot() throws InterruptedException {
        imported(
                home,
                Osv.file(
                        directory.resolve("a.json"),
                        parser("npm", "'ecosystem_specific': {'affected_functions': ['b']}")));

        try (var database = database()) {
            assertThat(database.find("npm", "g:a").getFirst().affected().symbols())
                    .isEmpty();
        }
    }

    @Test
    void moreMethodsThanAnybodyNamesAreNoneAtAll() throws InterruptedException {
        var many = "'ecosystem_specific': {'affected_functions': [%s]}"
                .formatted(IntStream.rangeClosed(0, 100)
                        .mapToObj("'g.A.b%d'"::formatted)
                        .collect(Collectors.joining(", ")));
        imported(home, Osv.file(directory.resolve("a.json"), parser("Maven", many)));

        assertThat(symbols()).isEmpty();
    }

    @Test
    void aDatabaseThatKeptLessIsReadAndMadeAnew() throws InterruptedException, IOException {
        var source = Osv.file(
                directory.resolve("a.json"),
                parser("Maven", "'ecosystem_specific': {'affected_functions': ['g.A.b']}"));
        imported(home, source);
        assertThat(imported(home, source).reused()).isEqualTo(1);
        try (var files = Files.list(home)) {
            var segment = files.filter(each -> each.getFileName().toString().startsWith("feed"))
                    .findFirst()
                    .orElseThrow();
            try (var channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                channel.write(java.nio.ByteBuffer.allocate(Long.BYTES), 5L * Long.BYTES);
            }
        }
        assertThat(symbols()).containsExactly("g.A.b");

        assertThat(imported(home, source).reused()).isZero();
        assertThat(imported(home, source).reused()).isEqualTo(1);
    }
}
