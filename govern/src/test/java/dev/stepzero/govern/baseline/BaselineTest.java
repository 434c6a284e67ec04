package dev.stepzero.govern.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineTest {
    @TempDir
    private Path directory;

    private static Finding finding(String rule, String resource, String fingerprint) {
        return new Finding(
                rule,
                List.of(),
                "title",
                Severity.HIGH,
                Location.of(resource),
                "message",
                "fix",
                List.of(),
                List.of(),
                Set.of(),
                List.of(),
                fingerprint);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("baseline.json"), content);
    }

    @Test
    void itIsWrittenOneFindingALineInAnOrderOfItsOwn() throws IOException {
        var file = directory.resolve("baseline.json");

        Baseline.write(file, List.of(finding("b", "y", "2"), finding("b", "x[\"k\"]", "3"), finding("a", "z", "1")));

        assertThat(file).hasContent("""
                {
                  "version": 1,
                  "findings": [
                    {"rule": "a", "resource": "z", "fingerprint": "1"},
                    {"rule": "b", "resource": "x[\\"k\\"]", "fingerprint": "3"},
                    {"rule": "b", "resource": "y", "fingerprint": "2"}
                  ]
                }
                """);
    }

    @Test
    void whatIsWrittenReadsBack() {
        var file = directory.resolve("baseline.json");
        var findings = List.of(finding("a", "x", "1"), finding("a", "\u0000\"\ud83d", "2"));

        Baseline.write(file, findings);

        assertThat(Baseline.read(file)).isEqualTo(Baseline.of(findings));
    }

    @Test
    void aFormerReportIsABaselineButWhatWasWaivedInItIsNot() throws IOException {
        var report = file("""
                {"subject": "x", "summary": {"high": 2, "findings": [1]},
                 "findings": [
                   {"rule": "a", "related": [{"fingerprint": "no"}], "fingerprint": "1", "status": "open"},
                   {"rule": "b", "cwe": [1], "fingerprint": "2", "status": "waived"},
                   {"rule": "c", "fingerprint": "3", "status": "baseline"}],
                 "undecided": []}
                """);

        assertThat(Baseline.read(report).fingerprints()).containsExactlyInAnyOrder("1", "3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"findings\": {}}",
                "{\"findings\": [1]}",
                "{\"findings\": [{}]}",
                "{\"findings\": [{\"fingerprint\": 1}]}",
                "{\"findings\": [{\"fingerprint\": \"1\"}]",
                "{\"findings\": []} trailing",
                "{\"findings\": [",
                "<xml/>",
                "\u0000\u0001"
            })
    void aFileThatIsNoneIsRefusedWithWhatToDo(String content) throws IOException {
        var file = file(content);

        assertThatThrownBy(() -> Baseline.read(file)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.status().code()).isEqualTo(3);
            assertThat(error.where().orElseThrow()).startsWith(file.toString());
            assertThat(error.fix().orElseThrow()).contains("--write-baseline");
        });
    }

    @Test
    void aDeeplyNestedFileIsRefused() throws IOException {
        var file = file("{\"x\": " + "[".repeat(1_000_000));

        assertThatThrownBy(() -> Baseline.read(file)).isInstanceOf(UserError.class);
    }

    @Test
    void aMissingFileIsRefused() {
        var missing = directory.resolve("missing.json");

        assertThatThrownBy(() -> Baseline.read(missing))
                .isInstanceOf(UserError.class)
                .hasMessage("there is no such baseline");
        assertThatThrownBy(() -> Baseline.read(directory)).isInstanceOf(UserError.class);
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        assertThatThrownBy(() -> Baseline.write(directory.resolve("no/such/directory"), List.of()))
                .isInstanceOf(UserError.class);
    }
}
