package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What other tools found joins ours: {@code stepzero scan --sarif FILE}. */
class ScanResultsOfToolsTest extends ScanSpecification {
    private static final String RESULTS = """
            {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Semgrep OSS", "semanticVersion": "1.90.0",
               "rules": [{"id": "py.exec", "shortDescription": {"text": "A command is built from input"},
                 "defaultConfiguration": {"level": "error"}, "properties": {"tags": ["CWE-78: OS command injection"]}}]}},
              "results": [{"ruleId": "py.exec", "message": {"text": "exec of a request"}, "locations":
                [{"physicalLocation": {"artifactLocation": {"uri": "app.py"}, "region": {"startLine": 2}}}]}]}]}
            """;

    private String results() throws IOException {
        write("app.py", "import os\nos.system(request)\n");
        write("semgrep.sarif", RESULTS);
        return directory.resolve("semgrep.sarif").toString();
    }

    private static JsonNode json(Answer answer) {
        return JsonMapper.shared().readTree(answer.out());
    }

    @Test
    void theyStandBesideOursAndTheGateCountsThem() throws IOException {
        find("a-rule", Severity.LOW, 1);

        var answer = scan("--sarif", results());

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out())
                .contains("a-rule", "A command is built from input", "os.system(request)", "semgrep:py.exec");
        assertThat(answer.out()).contains("semgrep.sarif: 1 result of Semgrep OSS 1.90.0");
    }

    @Test
    void theyMayStandAlone() throws IOException {
        find("a-rule", Severity.CRITICAL, 1);

        var answer = scan("--sarif", results(), "--only", "sarif", "--format", "json");

        assertThat(json(answer).path("findings").valueStream())
                .extracting(each -> each.path("rule").asString())
                .containsExactly("semgrep:py.exec");
    }

    @Test
    void theNameSarifNeedsAFile() {
        var answer = scan("--only", "sarif");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("--sarif");
    }

    @Test
    void aBaselineAWaiverAndACommentHoldForThem() throws IOException {
        var results = results();
        var known = directory.resolve("known.json").toString();
        scan("--sarif", results, "--write-baseline", known);
        write("app.py", "import os\n\n\nos.system(request)\n");
        write("semgrep.sarif", RESULTS.replace("\"startLine\": 2", "\"startLine\": 4"));
        assertThat(scan("--sarif", results, "--baseline", known).exitCode()).isZero();

        write("stepzero-waivers.yaml", """
                waivers:
                  - { rule: 'semgrep:*', resource: 'app.py', owner: ana, reason: moves soon, until: 2026-12-31 }
                """);
        assertThat(scan("--sarif", results).exitCode()).isZero();
        assertThat(scan("--format", "json").out()).doesNotContain("stepzero-waiver-unused");
        Files.delete(directory.resolve("stepzero-waivers.yaml"));

        write("app.py", "import os\n\n\nos.system(request)  # stepzero:ignore py.exec tried by hand\n");
        assertThat(scan("--sarif", results).exitCode()).isZero();
    }

    @Test
    void aFileThatIsNoSarifIsAnErrorWithItsPlace() throws IOException {
        write("broken.sarif", "{\"version\": \"2.1.0\",\n \"runs\": [");

        var answer = scan("--sarif", directory.resolve("broken.sarif").toString());

        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.err()).contains("broken.sarif:2", "no valid JSON", "to mend it: ");
        assertThat(scan("--sarif", "missing.sarif").err()).contains("missing.sarif: there is no such file");
    }

    @Test
    void standardInputIsTakenTooAndLeavesNothingBehind() throws Exception {
        var pipe = new ByteArrayInputStream(RESULTS.getBytes(StandardCharsets.UTF_8));

        try (var results = ToolResults.of(List.of("-"), pipe)) {
            var report = results.on(Optional.of(ScannedPlace.of(directory)), Clock.systemUTC());

            assertThat(report.findings()).hasSize(1);
            assertThat(report.coverage().notes()).containsExactly("standard input: 1 result of Semgrep OSS 1.90.0");
        }
        try (var none = ToolResults.of(List.of(), InputStream.nullInputStream())) {
            assertThat(none.on(Optional.empty(), Clock.systemUTC()).findings()).isEmpty();
        }
    }

    @Test
    void ourOwnReportReadBackSaysTheSame() throws IOException {
        write("main.tf", "one\ntwo\nthree\n");
        find("a-rule", Severity.CRITICAL, 2);
        find("b-rule", Severity.MEDIUM, 3);
        var file = directory.resolve("own.sarif").toString();
        scan("--output", file);
        var before = json(scan("--format", "json"));
        findings.clear();

        var after = json(scan("--sarif", file, "--only", "sarif", "--format", "json"));

        for (var property : List.of(
                "rule",
                "aliases",
                "title",
                "severity",
                "resource",
                "file",
                "line",
                "endLine",
                "fix",
                "cwe",
                "fingerprint",
                "status")) {
            assertThat(after.path("findings").valueStream().map(each -> each.path(property)))
                    .as(property)
                    .containsExactlyElementsOf(before.path("findings")
                            .valueStream()
                            .map(each -> each.path(property))
                            .toList());
        }
        assertThat(after.path("decision")).isEqualTo(before.path("decision"));
    }
}
