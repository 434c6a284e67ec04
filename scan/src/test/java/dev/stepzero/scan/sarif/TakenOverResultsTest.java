package dev.stepzero.scan.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tools write about their results comes out as findings; the shapes are those of well-known tools. */
class TakenOverResultsTest extends SarifSpecification {

    @Test
    void aRuleIsCalledByItsToolAndByItsOwnName() {
        var finding = only(run("Bandit", "", result("B101", 3)));

        assertThat(finding.rule()).isEqualTo("bandit:B101");
        assertThat(finding.aliases()).contains("B101");
        assertThat(finding.location()).isEqualTo(new Location("src/a.py", "src/a.py", 3, 3));
    }

    @Test
    void anEditionOfAToolIsNoOtherTool() {
        var paid = only(run("Semgrep PRO", "", result("python.lang.eval-used", 3)));
        var free = only(run("Semgrep OSS", "", result("python.lang.eval-used", 3)));

        assertThat(paid.rule()).isEqualTo(free.rule()).isEqualTo("semgrep:python.lang.eval-used");
        assertThat(paid.aliases()).contains("python.lang.eval-used", "eval-used");
        assertThat(paid.fingerprint()).isEqualTo(free.fingerprint());
    }

    @Test
    void aRuleOfAnExtensionIsFoundByItsIndices() {
        var extension = """
                "tool": {"driver": {"name": "CodeQL", "rules": []}, "extensions": [{"name": "empty"}, {"name": "queries",
                  "rules": [{"id": "py/eval", "shortDescription": {"text": "Code injection"},
                    "defaultConfiguration": {"level": "error"},
                    "properties": {"tags": ["security", "external/cwe/cwe-094"], "security-severity": "9.3"}}]}]}""";
        var result = result(
                "py/eval", 3, "\"rule\": {\"id\": \"py/eval\", \"index\": 0, \"toolComponent\": {\"index\": 1}}");

        var finding = only("{\"version\":\"2.1.0\",\"runs\":[{%s, \"results\":[%s]}]}".formatted(extension, result));

        assertThat(finding.title()).isEqualTo("Code injection");
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.cwe()).containsExactly(94);
    }

    @Test
    void anIndexThatLeadsToAnotherRuleIsNotBelieved() {
        var rules = """
                {"id": "one", "shortDescription": {"text": "The first"}},
                {"id": "two", "shortDescription": {"text": "The second"}}""";

        assertThat(only(run("T", rules, result("two", 1, "\"ruleIndex\": 0"))).title())
                .isEqualTo("The second");
        assertThat(only(run("T", rules, result("two/part", 1, "\"ruleIndex\": 7")))
                        .title())
                .isEqualTo("The second");
        assertThat(only(run("T", rules, "{\"ruleIndex\": 1, \"message\": {\"text\": \"x\"}}"))
                        .rule())
                .isEqualTo("t:two");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "level": "error"                                         |                                                        | HIGH
            "level": "note"                                          |                                                        | LOW
            "level": "none"                                          |                                                        | LOW
            "rank": 95.0                                             |                                                        | CRITICAL
            "rank": -1.0                                             |                                                        | MEDIUM
            "level": "note", "rank": 95.0                            |                                                        | LOW
            "kind": "fail"                                           |                                                        | MEDIUM
            "kind": "fail"                                           | "defaultConfiguration": {"level": "error"}             | HIGH
            "level": "error"                                         | "properties": {"security-severity": "5.5"}             | MEDIUM
            "level": "error"                                         | "properties": {"security-severity": 3.9}               | LOW
            "level": "error"                                         | "properties": {"security-severity": "much"}            | HIGH
            "level": "error", "properties": {"issue_severity": "LOW"} |                                                       | LOW
            "level": "error"                                         | "properties": {"tags": ["vulnerability", "CRITICAL"]}  | CRITICAL
            "kind": "review", "level": "error"                       |                                                        | LOW
            """)
    void severityIsWhatSaysMostOfIt(String ofResult, String ofRule, Severity severity) {
        var rule = "{\"id\": \"r\"%s}".formatted(ofRule == null ? "" : ", " + ofRule);

        assertThat(only(run("T", rule, result("r", 1, ofResult))).severity()).isEqualTo(severity);
    }

    @Test
    void aRunMayConfigureARuleOtherwise() {
        var invocation = """
                "invocations": [{"executionSuccessful": true, "ruleConfigurationOverrides":
                  [{"descriptor": {"index": 0}, "configuration": {"level": "error"}}]}],""";

        assertThat(only(run("T", "{\"id\": \"r\"}", result("r", 1), invocation)).severity())
                .isEqualTo(Severity.HIGH);
    }

    @Test
    void aMessageIsFilledAndItsLinksAreWords() {
        var rules = """
                {"id": "r", "messageStrings": {"default": {"text": "{0} calls [{1}](2) with {{braces}} {9}"}}}""";
        var result = """
                {"ruleId": "r", "message": {"id": "default", "arguments": ["main", "exec"]}}""";

        assertThat(only(run("T", rules, result)).message()).isEqualTo("main calls exec with {braces} {9}");
        assertThat(only(run("T", "", "{\"message\": {\"text\": \"if (a) { b[0](c) }\"}}"))
                        .message())
                .isEqualTo("if (a) { b0 }");
        assertThat(only(run("T", "", "{\"message\": {\"markdown\": \"# Do **not**\"}}"))
                        .message())
                .isEqualTo("Do not");
        assertThat(only(run("T", "", "{\"message\": {\"text\": \"JSON is {\\\"a\\\": {0}}\"}}"))
                        .message())
                .isEqualTo("JSON is {\"a\": {0}}");
    }

    @Test
    void weaknessesAreReadInEveryUsualWay() {
        var taxonomies = "\"taxonomies\": [{\"name\": \"CWE\", \"taxa\": [{\"id\": \"20\"}, {\"id\": \"22\"}]}],";
        var rule = """
                {"id": "r", "properties": {"tags": ["CWE-78: Command injection", "OWASP-A03:2021"],
                    "cwe": "https://cwe.mitre.org/data/definitions/89.html"},
                  "relationships": [{"target": {"id": "327", "toolComponent": {"name": "CWE"}}}]}""";
        var taxa = "\"taxa\": [{\"index\": 1, \"toolComponent\": {\"index\": 0}}]";

        assertThat(only(run("T", rule, result("r", 1, taxa), taxonomies)).cwe()).containsExactly(22, 78, 89, 327);
    }

    @Test
    void aFlowIsTheWayThatLeadsThere() {
        var flow = """
                "codeFlows": [{"threadFlows": [{"locations": [
                  {"location": {"message": {"text": "input()"}, "physicalLocation":
                    {"artifactLocation": {"uri": "src/b.py"}, "region": {"startLine": 7}}}},
                  {"index": 0}]}]}]""";
        var steps = """
                "threadFlowLocations": [{"location": {"message": {"text": "eval"}, "physicalLocation":
                  {"artifactLocation": {"uri": "src/a.py"}, "region": {"startLine": 3, "endLine": 4}}}}],""";

        assertThat(only(run("T", "", result("r", 3, flow), steps)).related())
                .containsExactly(new Location("input()", "src/b.py", 7, 7), new Location("eval", "src/a.py", 3, 4));
    }

    @Test
    void relatedPlacesBelongToIt() {
        var related = """
                "relatedLocations": [{"id": 1, "message": {"text": "declared here"}, "physicalLocation":
                  {"artifactLocation": {"uri": "src/b.py"}, "region": {"startLine": 2}}}]""";

        assertThat(only(run("T", "", result("r", 3, related))).related())
                .containsExactly(new Location("declared here", "src/b.py", 2, 2));
    }

    @Test
    void whatIsToBeDoneIsTheToolsFixElseItsHelp() {
        var fix = """
                "fixes": [{"description": {"text": "Use a list."}, "artifactChanges": [{"artifactLocation":
                  {"uri": "src/a.py"}, "replacements": [{"deletedRegion": {"startLine": 3},
                    "insertedContent": {"text": "run([name])"}}]}]}]""";
        var rule = """
                {"id": "r", "helpUri": "https://example.org/r",
                  "help": {"text": "# Title\\nLong prose.\\n## Recommendation\\nPass a list. Never a string.\\n## Example\\nx"}}""";

        assertThat(only(run("T", rule, result("r", 3, fix))).fix())
                .isEqualTo("Use a list. In line 3 write: run([name])");
        assertThat(only(run("T", rule, result("r", 3))).fix())
                .isEqualTo("Pass a list. Never a string. See https://example.org/r");
        assertThat(only(run("T", "", result("r", 3))).fix()).isEqualTo("See what T says of it.");
    }

    @Test
    void whatTheToolCallsAcceptedDoesNotCountAndSaysWhy() {
        var external = "\"suppressions\": [{\"kind\": \"external\", \"justification\": \"a test\"}]";
        var inSource = "\"suppressions\": [{\"kind\": \"inSource\", \"status\": \"accepted\"}]";
        var refused = """
                "suppressions": [{"kind": "external", "status": "accepted"}, {"kind": "external", "status": "rejected"}]""";
        var review = "\"suppressions\": [{\"kind\": \"external\", \"status\": \"underReview\"}]";
        var none = "\"suppressions\": []";

        var report = scan(run(
                "T",
                "",
                String.join(
                        ",",
                        result("a", 1, external),
                        result("b", 1, inSource),
                        result("c", 1, refused),
                        result("d", 1, review),
                        result("e", 1, none))));

        assertThat(report.suppressed())
                .extracting(Finding::message)
                .containsExactly("it is bad (Accepted in T: a test)", "it is bad (Accepted beside the code, says T)");
        assertThat(report.findings()).extracting(Finding::rule).containsExactly("t:c", "t:d", "t:e");
        assertThat(report.coverage().notes())
                .containsExactly("results.sarif: 5 results of T 1.2.3, of which it calls 2 accepted");
    }

    @Test
    void aCommentBesideTheCodeAcceptsItByEitherName() {
        write(
                "src/a.py",
                "x = 1\nassert x  # stepzero:ignore B101 only here\nassert x  # stepzero:ignore bandit:B101 too\n");

        var report = scan(run("Bandit", "", result("B101", 2) + "," + result("B101", 3)));

        assertThat(report.findings()).isEmpty();
        assertThat(report.suppressed()).hasSize(2);
    }

    @Test
    void onlyWhatFailedIsAFinding() {
        var report = scan(run(
                "T",
                "",
                String.join(
                        ",",
                        result("a", 1, "\"kind\": \"pass\", \"level\": \"none\""),
                        result("b", 1, "\"kind\": \"notApplicable\""),
                        result("c", 1, "\"kind\": \"informational\""),
                        result("d", 1, "\"baselineState\": \"absent\""),
                        result("e", 1, "\"kind\": \"open\""),
                        result("f", 1, "\"baselineState\": \"unchanged\""))));

        assertThat(report.findings()).extracting(Finding::rule).containsExactly("t:f");
        assertThat(report.undecided()).singleElement().satisfies(each -> {
            assertThat(each.rule()).isEqualTo("t:e");
            assertThat(each.because()).containsExactly("it is bad");
        });
    }

    @Test
    void aToolThatDidNotComeToItsEndIsSaid() {
        var failed = "\"invocations\": [{\"executionSuccessful\": false, \"exitCode\": 2}],";
        var elsewhere = "\"externalPropertyFileReferences\": {\"results\": [{\"itemCount\": 9}]},";

        assertThat(scan(run("T", "", "", failed)).coverage().skipped())
                .containsExactly(new Coverage.Skipped(
                        "results.sarif", "T 1.2.3 says that it did not come to its end: exit code 2"));
        assertThat(scan(run("T", "", "", elsewhere)).coverage().skipped())
                .containsExactly(new Coverage.Skipped(
                        "results.sarif", "T 1.2.3 wrote results into other files, which are not read"));
        assertThat(scan("{\"version\": \"2.1.0\", \"runs\": []}").coverage().skipped())
                .containsExactly(new Coverage.Skipped("results.sarif", "it holds no run of any tool"));
    }

    @Test
    void severalRunsOfSeveralToolsStandBesideEachOther() {
        var one = run("One", "", result("a", 1));
        var two = run("Two", "", result("a", 1));
        var both = one.substring(0, one.lastIndexOf(']')) + "," + two.substring(two.indexOf("[{") + 1);

        assertThat(scan(both).findings()).extracting(Finding::rule).containsExactly("one:a", "two:a");
    }

    @Test
    void whereASecretWasFoundIsNotShownAndNotHashed() {
        write("src/a.py", "key = 'hunter2'\n");
        var before = only(run("gitleaks", "", result("generic-api-key", 1)));
        write("src/a.py", "key = 'changed'\n");
        var after = only(run("gitleaks", "", result("generic-api-key", 1)));

        assertThat(before.location().resource()).startsWith("secret:");
        assertThat(before.fingerprint()).isEqualTo(after.fingerprint());
    }

    @Test
    void aSecretInAToolsMessageIsNotShown() {
        write("src/a.py", "key = load()\n");
        var result = """
                {"ruleId": "generic-api-key", "message": {"text": "found 7Hk2mQx9Lw4Zt8Rb3Vn6 in src/a.py"},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": "src/a.py"},
                "region": {"startLine": 1}}}]}""";

        var found = only(run("gitleaks", "", result));

        assertThat(found.message()).isEqualTo("found (not shown) in src/a.py");
    }
}
