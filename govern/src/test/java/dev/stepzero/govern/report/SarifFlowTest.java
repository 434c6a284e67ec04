package dev.stepzero.govern.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Verdict.Decision;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A way that leads to a finding is a code flow in SARIF, so that viewers can step along it. */
class SarifFlowTest {
    private static final Location INPUT = new Location("app.Web.get: a parameter comes in", "src/Web.java", 6, 6);
    private static final Location SINK = new Location("app.Store.find: gets to execute", "src/Store.java", 9, 9);

    private static String result(Location... related) throws IOException {
        var finding = new Finding(
                "java-sql-injection",
                List.of(),
                "Input becomes part of an SQL statement",
                Severity.HIGH,
                new Location("app.Store.find", "src/Store.java", 9, 9),
                "It does",
                "Use parameters.",
                List.of(),
                List.of(89),
                Set.of(),
                List.of(related),
                "0123456789abcdef");
        var scan = new ScanResult(
                "app",
                List.of(Judged.open(finding)),
                List.of(),
                Coverage.NONE,
                Decision.BLOCK,
                List.of(),
                1,
                SourceLines.NONE,
                RuleTexts.NONE,
                "services/");
        return Samples.written(ReportFormat.SARIF, scan).replaceAll("\\s+", " ");
    }

    private static String step(int id, String what, String file, int line) {
        return """
                { "location": { "id": %d, "message": {"text": "%s"}, "physicalLocation": { "artifactLocation": \
                {"uri": "%s", "uriBaseId": "%%SRCROOT%%"}, "region": {"startLine": %d, "endLine": %d} }""".formatted(id, what, file, line, line);
    }

    @Test
    void eachStepIsAPlaceWithWhatHappensThere() throws IOException {
        var result = result(INPUT, SINK);

        assertThat(result)
                .containsSubsequence(
                        "\"codeFlows\": [ { \"threadFlows\": [ { \"locations\": [",
                        step(1, "app.Web.get: a parameter comes in", "services/src/Web.java", 6),
                        step(2, "app.Store.find: gets to execute", "services/src/Store.java", 9))
                .doesNotContain("relatedLocations");
    }

    @Test
    void placesThatDoNotLeadThereAreRelatedOnly() throws IOException {
        assertThat(result(SINK, INPUT)).contains("relatedLocations").doesNotContain("codeFlows");
    }
}
