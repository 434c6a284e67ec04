package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Location;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Undecided;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;

/** What {@code stepzero scan} makes of what its scanners find, and what it gives them. */
class ScanCommandTest extends ScanSpecification {
    @Test
    void nothingFoundEndsWithZeroAndSaysWhatWasLookedAt() {
        var answer = scan();

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains("no finding", "3 files (2 understood), 5 resources", "✓ nothing blocks");
        assertThat(answer.err()).isEmpty();
    }

    @Test
    void aHighFindingBlocksAndIsShownWithItsSource() throws IOException {
        write("main.tf", "a\nopen = true\nb\n");
        find("a-rule", Severity.HIGH, 2);

        var answer = scan();

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out())
                .contains(
                        "── main.tf", "▸    2 │ open = true", "what  It is open", "mend  Close it.", "a-rule · CKV_1");
    }

    @Test
    void aMediumFindingDoesNotBlockUnlessSeverityAsksForIt() {
        find("a-rule", Severity.MEDIUM, 1);

        assertThat(scan().exitCode()).isZero();
        assertThat(scan("--severity", "medium").exitCode()).isEqualTo(1);
        assertThat(scan("--severity", "critical").out()).contains("no finding");
    }

    @Test
    void theProjectSaysWhatBlocks() throws IOException {
        write("stepzero.yaml", "gate: { failOn: medium }");
        find("a-rule", Severity.MEDIUM, 1);

        assertThat(scan().exitCode()).isEqualTo(1);
    }

    @Test
    void whatIsUndecidedIsListedOrBlocksWhereThatIsAskedFor() {
        undecided.add(new Undecided(
                "c-rule",
                "Something may be open",
                Severity.HIGH,
                Location.of("thing.b"),
                List.of("var.x <- module.y")));

        assertThat(scan().out()).contains("1 undecided (--show-undecided)").doesNotContain("var.x");
        assertThat(scan("--show-undecided").out()).contains("UNDECIDED", "needs  var.x <- module.y");
        assertThat(scan().exitCode()).isZero();
        assertThat(scan("--fail-undecided").exitCode()).isEqualTo(1);
    }

    @Test
    void rulesAndVariablesReachTheScanners() throws IOException {
        write("rules/a.yaml", "");
        write("a.tfvars", "");
        var rules = directory.resolve("rules");
        var variables = directory.resolve("a.tfvars");

        scan("--rules", rules.toString(), "--var-file", variables.toString());

        assertThat(given).singleElement().satisfies(options -> {
            assertThat(options.rules()).containsExactly(rules);
            assertThat(options.variables()).containsExactly(variables);
            assertThat(options.maxDatabaseAgeDays()).isEmpty();
        });
    }

    @Test
    void theAgeThatAdvisoriesMayHaveComesFromTheProjectUnlessItIsGiven() throws IOException {
        write("stepzero.yaml", "gate:\n  maxDatabaseAgeDays: 14\n");

        scan();
        scan("--max-database-age", "3");

        assertThat(given).extracting(ScanOptions::maxDatabaseAgeDays).containsExactly(Optional.of(14), Optional.of(3));
    }

    @Test
    void anUnknownScannerIsAnsweredWithTheNearest() {
        var answer = scan("--only", "sear");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("no scanner of this is called 'sear'", "did you mean 'seer'?");
        assertThat(scan("--only", "pictures").exitCode()).isEqualTo(2);
    }

    @Test
    void whatIsNotThereCannotBeScanned() {
        var missing = directory.resolve("missing").toString();

        assertThat(run(List.of("scan", missing)).exitCode()).isEqualTo(3);
        assertThat(scan("--rules", missing).exitCode()).isEqualTo(3);
        assertThat(scan("--var-file", missing).exitCode()).isEqualTo(3);
        assertThat(scan("--format", "papyrus").exitCode()).isEqualTo(2);
        assertThat(scan("--severity", "grave").exitCode()).isEqualTo(2);
    }

    @Test
    void aStagedChangeWithoutASecretIsOneLineAndOneWithASecretIsAPage() throws Exception {
        try (var git = Git.init().setDirectory(directory.toFile()).call()) {
            write("a.txt", "nothing");
            git.add().addFilepattern(".").call();
            var clean = scan("--staged");
            write("b.env", "GITLAB_TOKEN=glpat-" + "Xq7tBn2KwPz9Rv4LmJ6c\n");
            git.add().addFilepattern(".").call();
            var secret = scan("--staged");

            assertThat(clean.exitCode()).isZero();
            assertThat(clean.out()).isEmpty();
            assertThat(clean.err()).containsOnlyOnce("no secret in 1 staged file\n");
            assertThat(secret.exitCode()).isEqualTo(1);
            assertThat(secret.out()).contains("b.env", "the gate blocks");
        }
    }
}
