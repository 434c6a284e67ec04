package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Findings that somebody knows of: baselines and waivers. */
class ScanWaiversTest extends ScanSpecification {
    private String waiver(String until) {
        return """
                waivers:
                  - { rule: a-rule, resource: 'thing.*["k"]', owner: ana, reason: moves soon, until: %s }
                """.formatted(until);
    }

    @Test
    void whatWasWrittenDownAsKnownDoesNotBlockButWhatIsNewDoes() {
        find("a-rule", Severity.HIGH, 2);
        var known = directory.resolve("baseline.json").toString();

        assertThat(scan("--write-baseline", known).exitCode()).isZero();
        assertThat(scan("--baseline", known).exitCode()).isZero();
        assertThat(scan("--baseline", known).out()).contains("1 in the baseline");
        find("b-rule", Severity.HIGH, 3);
        assertThat(scan("--baseline", known).exitCode()).isEqualTo(1);
    }

    @Test
    void aFormerReportIsABaseline() {
        find("a-rule", Severity.HIGH, 2);
        var report = directory.resolve("former.json").toString();
        scan("--output", report);

        var answer = scan("--baseline", report);

        assertThat(answer.exitCode()).isZero();
    }

    @Test
    void aMalformedBaselineIsAnErrorWithItsPlace() throws IOException {
        write("baseline.json", "{\n oops");

        var answer = scan("--baseline", directory.resolve("baseline.json").toString());

        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.err()).contains("baseline.json:2: the baseline is not valid JSON", "to mend it: ");
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void aWaiverHoldsOnItsLastDay() throws IOException {
        write("stepzero-waivers.yaml", waiver("2026-11-21"));
        find("a-rule", Severity.HIGH, 2);

        var answer = scan();

        assertThat(answer.exitCode()).as(answer.out()).isZero();
        assertThat(answer.out()).contains("1 waived");
    }

    @Test
    void aWaiverThatHasEndedFailsLoudlyAtItsOwnLine() throws IOException {
        write("stepzero-waivers.yaml", waiver("2026-11-20"));
        find("a-rule", Severity.LOW, 2);

        var answer = scan();

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out())
                .contains("── stepzero-waivers.yaml", "stepzero-waiver-expired", "▸    2 │", "ana accepted a-rule");
    }

    @Test
    void aWaiverThatCoversNothingIsReportedUnlessOnlyAPartWasScanned() throws IOException {
        write("stepzero-waivers.yaml", waiver("2027-01-01"));

        assertThat(scan().out()).contains("stepzero-waiver-unused");
        assertThat(scan("--only", "seer").out()).doesNotContain("stepzero-waiver-unused");
    }

    @Test
    void waiversOfTheRepositorysRootHoldFurtherDown() throws IOException {
        Files.createDirectories(directory.resolve(".git"));
        write("stepzero-waivers.yaml", waiver("2027-01-01"));
        write("infra/net/main.tf", "");
        find("a-rule", Severity.HIGH, 1);

        var answer = run(List.of("scan", directory.resolve("infra/net/main.tf").toString(), "--format", "sarif"));

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains("\"uri\": \"infra/net/main.tf\"", "\"kind\": \"external\"");
    }

    @Test
    void aMalformedWaiverIsAnErrorWithItsLine() throws IOException {
        write("stepzero-waivers.yaml", "waivers:\n  - { rule: a, owner: b, reason: c, until: 2027-13-01 }\n");

        var answer = scan();

        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.err()).contains("stepzero-waivers.yaml:2: there is no day 2027-13-01");
    }
}
