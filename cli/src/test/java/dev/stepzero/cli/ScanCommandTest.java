package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Digest;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Subject;
import dev.stepzero.core.Undecided;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code stepzero scan} makes of what its scanners find. */
class ScanCommandTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private final List<Finding> findings = new ArrayList<>();
    private final List<Undecided> undecided = new ArrayList<>();
    private final List<ScanOptions> given = new ArrayList<>();
    private Map<String, String> environment = Map.of("LANG", "C.UTF-8");

    private record Answer(int exitCode, String out, String err) {}

    /** Finds what the test says. */
    private final class Seer implements Scanner {
        @Override
        public String name() {
            return "seer";
        }

        @Override
        public boolean looksAt(Subject subject) {
            return subject instanceof Subject.SourceTree;
        }

        @Override
        public Scanner with(ScanOptions options) {
            given.add(options);
            return this;
        }

        @Override
        public ScanReport scan(Subject subject) {
            return new ScanReport(findings, undecided, new Coverage(3, 2, 5, List.of()));
        }
    }

    /** Would find something everywhere, but looks at images only. */
    private static final class ImagesOnly implements Scanner {
        @Override
        public String name() {
            return "pictures";
        }

        @Override
        public boolean looksAt(Subject subject) {
            return subject.equals(new Subject.Image("x", Path.of("."), Digest.of(new byte[0])));
        }

        @Override
        public ScanReport scan(Subject subject) {
            throw new IllegalStateException("it was not asked");
        }
    }

    private Answer scan(String... options) {
        var words = new ArrayList<>(List.of("scan", directory.toString()));
        words.addAll(List.of(options));
        return run(words);
    }

    private Answer run(List<String> words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal =
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, false, 100, environment);
        var commands = new Commands(terminal, CLOCK);
        var factory = new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == ScanCommand.class
                        ? type.cast(new ScanCommand(terminal, CLOCK, List.of(new ImagesOnly(), new Seer())))
                        : commands.create(type);
            }
        };
        var exitCode = Main.run(terminal, factory, words.toArray(String[]::new));
        return new Answer(exitCode, out.toString(), err.toString());
    }

    private void find(String rule, Severity severity, int line) {
        findings.add(new Finding(
                rule,
                List.of("CKV_1"),
                "Something is open",
                severity,
                new Location("thing.a[\"k\"]", "main.tf", line, line),
                "It is open to 0.0.0.0/0",
                "Close it.",
                List.of(),
                List.of(284),
                Set.of(),
                List.of(),
                Finding.fingerprint(rule, "thing.a", "")));
    }

    private void write(String name, String content) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private String waiver(String until) {
        return """
                waivers:
                  - { rule: a-rule, resource: 'thing.*["k"]', owner: ana, reason: moves soon, until: %s }
                """.formatted(until);
    }

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
    void jsonIsAllThatStandardOutputHolds() {
        find("a-rule", Severity.CRITICAL, 1);

        var answer = scan("--format", "json");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out())
                .startsWith("{\n  \"subject\": ")
                .endsWith("}\n")
                .contains("\"critical\": 1");
        assertThat(answer.err()).contains("1 critical finding blocks: a-rule");
        assertThat(scan("--format", "JSON", "--quiet").err()).isEmpty();
    }

    @Test
    void whatIsNoRegularFileIsWrittenIntoAndStaysWhatItIs() throws Exception {
        var file = Files.createFile(directory.resolve("real.json"));
        var link = Files.createSymbolicLink(directory.resolve("link.json"), file);

        scan("--output", link.toString());

        assertThat(link).isSymbolicLink();
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void aReportGoesToAFileInTheFormatThatItsNamePromises() throws IOException {
        find("a-rule", Severity.LOW, 1);
        var file = directory.resolve("out.sarif");

        var answer = scan("--output", file.toString());

        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("1 open findings; the report is in " + file);
        assertThat(Files.readString(file)).contains("sarif-schema-2.1.0.json");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aReportThatCannotBeWrittenIsAnError() {
        var answer = scan("--output", directory.resolve("no/such/out.json").toString());

        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.err()).contains("the report cannot be written", "to mend it: ");
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
    void coloursAreUsedOnATerminalOnlyAndNotAgainstTheUsersWill() {
        find("a-rule", Severity.HIGH, 1);
        var watched = Map.of("STEPZERO_OUT_COLUMNS", "80", "TERM", "xterm", "LANG", "C.UTF-8");
        var plain = new java.util.HashMap<>(watched);
        plain.put("NO_COLOR", "1");

        assertThat(scan().out()).doesNotContain("\u001b");
        environment = watched;
        assertThat(scan().out()).contains("\u001b[1;31m HIGH \u001b[0m");
        environment = plain;
        assertThat(scan().out()).doesNotContain("\u001b");
    }

    @Test
    void aLocaleOfAsciiGetsAsciiDrawings() {
        find("a-rule", Severity.HIGH, 1);
        environment = Map.of("LANG", "C");

        assertThat(scan().out()).isASCII();
    }
}
