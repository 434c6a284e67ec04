package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What {@code stepzero db} and {@code stepzero vex} do. */
class DbCommandTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final String RECORD = """
            {"id": "GHSA-1", "modified": "2026-11-01T00:00:00Z", "aliases": ["CVE-2026-0001"],
             "affected": [{"package": {"ecosystem": "npm", "name": "thing"},
               "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.2.0"}]}]}]}
            """;

    @TempDir
    private Path directory;

    private record Answer(int exitCode, String out, String err) {}

    private Answer run(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var environment =
                Map.of("STEPZERO_HOME", directory.resolve("home").toString(), "LANG", "C.UTF-8", "USER", "somebody");
        var terminal =
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, false, 100, environment);
        var exitCode = Main.run(terminal, new Commands(terminal, CLOCK), words);
        return new Answer(exitCode, out.toString(), err.toString());
    }

    private Path records() throws IOException {
        var records = Files.createDirectories(directory.resolve("records"));
        Files.writeString(records.resolve("a.json"), RECORD);
        Files.writeString(records.resolve("b.json"), "{}");
        return records;
    }

    @Test
    void anImportSaysWhatItReadAndWhatNot() throws IOException {
        var answer = run("db", "import", records().toString());

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).isEqualTo("imported 1 records: 0 of them unchanged, 0 withdrawn\n");
        assertThat(answer.err()).contains("skipped b.json: it is no OSV record: it has no id");
    }

    @Test
    void theStatusSaysHowOldEverythingIs() throws IOException {
        run("db", "import", records().toString());

        var table = run("db", "status");
        var json = JsonMapper.shared()
                .readTree(run("db", "status", "--format", "json").out());

        assertThat(table.out()).contains("npm", "20 days", "2026-11-01", "exploited (KEV): none");
        assertThat(json.path("ecosystems").get(0).path("ecosystem").asString()).isEqualTo("npm");
        assertThat(json.path("ecosystems").get(0).path("ageDays").asInt()).isEqualTo(20);
        assertThat(json.path("exploited").isNull()).isTrue();
    }

    @Test
    void withoutADatabaseTheStatusSaysHowToGetOne() {
        var answer = run("db", "status");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err()).contains("stepzero db import PATH");
        assertThat(JsonMapper.shared()
                        .readTree(run("db", "status", "--format", "json").out())
                        .path("records")
                        .asInt())
                .isZero();
    }

    @Test
    void anUpdateWhoseSourceIsGoneKeepsTheDatabaseAndIsNoFailure() throws IOException {
        var records = records();
        run("db", "import", records.toString());
        Files.delete(records.resolve("a.json"));
        Files.delete(records.resolve("b.json"));
        Files.delete(records);

        var answer = run("db", "update");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err()).contains("kept what was known of " + records);
        assertThat(run("db", "status").out()).contains("npm", "not refreshed: ");
    }

    @Test
    void importingNothingOrSomethingElseIsAnError() throws IOException {
        assertThat(run("db", "import").exitCode()).isEqualTo(2);
        assertThat(run("db").exitCode()).isEqualTo(2);
        assertThat(run("db", "import", directory.resolve("gone").toString()).exitCode())
                .isEqualTo(3);
        assertThat(run("db", "import", "http://127.0.0.1:1/all.zip").exitCode()).isEqualTo(4);
    }

    @Test
    void aStatementIsWrittenWithTheAliasesThatTheDatabaseKnows() throws IOException {
        run("db", "import", records().toString());
        var file = directory.resolve(".vex/app.openvex.json");

        var answer = run(
                "vex",
                "draft",
                "CVE-2026-0001",
                "pkg:npm/thing",
                "--status",
                "not_affected",
                "--justification",
                "vulnerable_code_not_present",
                "--output",
                file.toString());

        assertThat(answer.exitCode()).isZero();
        var document = JsonMapper.shared().readTree(Files.readString(file));
        assertThat(document.path("author").asString()).isEqualTo("somebody");
        assertThat(document.path("statements")
                        .get(0)
                        .path("vulnerability")
                        .path("aliases")
                        .get(0)
                        .asString())
                .isEqualTo("GHSA-1");
    }

    @Test
    void aStatementInWordsThatThereAreNotIsRefused() {
        assertThat(run("vex", "draft", "CVE-1", "pkg:npm/a", "--status", "fine").exitCode())
                .isEqualTo(2);
        assertThat(run("vex", "draft", "CVE-1", "pkg:npm/a", "--status", "not_affected")
                        .exitCode())
                .isEqualTo(2);
        assertThat(run("vex", "draft", "CVE-1", "thing", "--status", "fixed").exitCode())
                .isEqualTo(3);
        assertThat(run("vex").exitCode()).isEqualTo(2);
    }
}
