package dev.stepzero.scan.sarif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of any content ends in findings or in a clear error. */
class HostileSarifTest extends SarifSpecification {
    private static final String WHOLE = run(
            "T",
            """
            {"id": "r", "messageStrings": {"d": {"text": "{0}"}}, "properties": {"tags": ["external/cwe/cwe-079"]},
              "relationships": [{"target": {"id": "1", "toolComponent": {"name": "CWE"}}}]}""",
            result("r", 1, """
                    "rule": {"index": 0, "toolComponent": {"index": 0}}, "rank": 5.5, "taxa": [{"index": 0}],
                    "codeFlows": [{"threadFlows": [{"locations": [{"index": 0}, {"location": {"message": {"text": "m"}}}]}]}],
                    "suppressions": [{"kind": "external", "status": "rejected", "justification": "no"}],
                    "fixes": [{"artifactChanges": [{"replacements": [{"deletedRegion": {"startLine": 1},
                      "insertedContent": {"text": "x"}}]}]}], "partialFingerprints": {"a": "0123456789abcdef"}"""),
            "\"originalUriBaseIds\": {\"%SRCROOT%\": {\"uri\": \"file:///x/\"}}, \"taxonomies\": [{\"name\": \"CWE\"}],");

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  ", "[]", "1", "null", "\"x\"", "not json", "{", "{\"version\": \"2.1.0\", \"runs\": [{"})
    void whatIsNoSarifIsAnErrorWithItsFile(String text) {
        assertThatThrownBy(() -> scan(text)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.where().orElse("")).startsWith("results.sarif");
            assertThat(error.fix()).isPresent();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"runs\": []}", "{\"version\": \"1.0.0\", \"runs\": []}", "{\"version\": 2.1}"})
    void anotherVersionIsSaid(String text) {
        assertThatThrownBy(() -> scan(text)).isInstanceOf(UserError.class).hasMessageContaining("SARIF");
    }

    @Test
    void aFileThatIsCutOffIsNotTakenForLess() {
        var whole = run("T", "", result("r", 1) + "," + result("r", 2));

        assertThatThrownBy(() -> scan(whole.substring(0, whole.length() - 80)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("did not come to its end");
    }

    @Test
    void bytesThatAreNoTextAreAnError() {
        var bytes =
                run("T", "", result("r", 1)).replace("it is bad", "it is b~d").getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '~' ? (byte) 0xff : bytes[i];
        }

        assertThatThrownBy(() -> scan(bytes)).isInstanceOf(UserError.class);
    }

    @Test
    void otherEncodingsOfUnicodeAreRead() {
        var sarif = run("T", "", result("r", 1));

        assertThat(scan(("\uFEFF" + sarif).getBytes(StandardCharsets.UTF_8)).findings())
                .hasSize(1);
        assertThat(scan(("\uFEFF" + sarif).getBytes(StandardCharsets.UTF_16LE)).findings())
                .hasSize(1);
    }

    @Test
    void depthHasAnEnd() {
        var deep = "{\"a\":".repeat(100_000);

        assertThatThrownBy(() -> scan("{\"version\": \"2.1.0\", \"runs\": [{\"results\": [" + deep))
                .isInstanceOf(UserError.class);
    }

    @Test
    void aRunThatIsNoObjectIsAnError() {
        assertThatThrownBy(() -> scan("{\"version\": \"2.1.0\", \"runs\": [[]]}"))
                .isInstanceOf(UserError.class);
    }

    @Test
    void aResultThatIsNoneIsAFindingAndTheOthersAreRead() {
        var report = scan(run("T", "", "7, " + result("r", 1) + ", [{}], null"));

        assertThat(report.findings())
                .extracting(finding -> finding.rule())
                .containsExactly(
                        "t:r",
                        "stepzero-file-not-understood",
                        "stepzero-file-not-understood",
                        "stepzero-file-not-understood");
    }

    @Test
    void aResultOfMillionsOfPartsIsReadInPart() {
        var huge = result("r", 1, "\"relatedLocations\": [" + "{\"id\": 1},".repeat(30_000) + "{}]");

        var report = scan(run("T", "", huge));

        assertThat(report.findings())
                .extracting(finding -> finding.rule())
                .containsExactly("t:r", "stepzero-file-not-understood");
        assertThat(report.findings().getFirst().related()).hasSizeLessThanOrEqualTo(50);
    }

    @Test
    void moreResultsThanAnybodyReadsAreAnErrorBeforeTheyFillTheMemory() {
        var results = "{\"ruleId\":\"r\"},".repeat(100_001);

        assertThatThrownBy(() -> scan(run("T", "", results + "{}")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("more than the 100000 results");
    }

    @Test
    void textsThatNobodyAskedForCostNothing() {
        var sarif = run(
                "T",
                "",
                result("r", 1),
                "\"artifacts\": [{\"contents\": {\"text\": \"" + "x".repeat(30_000_000) + "\"}}],");

        assertThat(scan(sarif).findings()).hasSize(1);
    }

    /** Values of a whole file in turn become something else. */
    @Test
    void wrongTypesAreBorne() {
        var values = new String[] {"null", "1e999", "{}", "[[{}]]", "\"{0}\""};
        var tokens = WHOLE.split("(?<=[:,\\[{ ])|(?=[,\\]}])", -1);
        for (int at = 0; at < tokens.length; at++) {
            if (!tokens[at].matches("\"[^\"]*\"|\\d[\\d.]*")) {
                continue;
            }
            for (var value : values) {
                var changed = tokens.clone();
                changed[at] = value;
                assertThatNoFault(String.join("", changed));
            }
        }
    }

    private void assertThatNoFault(String sarif) {
        try {
            assertThat(scan(sarif).findings()).isNotNull();
        } catch (UserError e) {
            assertThat(e.what()).isNotBlank();
        }
    }
}
