package dev.stepzero.scan.vulnerabilities;

import static dev.stepzero.scan.vulnerabilities.Osv.CLOCK;
import static dev.stepzero.scan.vulnerabilities.Osv.pair;
import static dev.stepzero.scan.vulnerabilities.Osv.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Home;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.ManifestReader;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.vulnerabilities.database.DatabaseImport;
import dev.stepzero.scan.vulnerabilities.database.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scan says about the packages of a tree. */
class PackageScannerTest {
    private static final PackageUrl APP = PackageUrl.parse("pkg:npm/app@2.0.0");
    private static final PackageUrl MIDDLE = PackageUrl.parse("pkg:npm/middle@1.1.0");
    private static final PackageUrl DEEP = PackageUrl.parse("pkg:npm/deep@1.0.0");

    @TempDir
    private Path directory;

    private Path tree;
    private Home home;
    private ManifestReader reader = (files, packages, intake) -> {};

    @BeforeEach
    void makeTree() throws IOException {
        tree = Files.createDirectories(directory.resolve("tree"));
        home = new Home(directory.resolve("home"));
    }

    private void advisories(String... records) throws InterruptedException {
        for (int i = 0; i < records.length; i++) {
            Osv.file(directory.resolve("records/" + i + ".json"), records[i]);
        }
        new DatabaseImport(home.root().resolve("vulnerabilities"), CLOCK, Limits.USUAL)
                .add(List.of(directory.resolve("records").toString()), Optional.empty(), Optional.empty());
    }

    private PackageScanner scanner() {
        return new PackageScanner(List.of(reader), home, CLOCK);
    }

    private ScanReport scan(ScanOptions options) throws InterruptedException {
        return scanner().with(options).scan(new Subject.SourceTree("tree", tree));
    }

    private ScanReport scan() throws InterruptedException {
        return scan(ScanOptions.NONE);
    }

    /** The reader answers one direct package. */
    private void holds(String purl, String path, int line) {
        reader = (files, packages, intake) ->
                packages.add(Component.of(PackageUrl.parse(purl), Scope.RUNTIME, true, Place.of(path, line)));
    }

    private void chain(Inventory.Collector packages) {
        packages.add(Component.of(APP, Scope.RUNTIME, true, Place.of("package-lock.json", 5)));
        packages.add(Component.of(MIDDLE, Scope.RUNTIME, false, Place.of("package-lock.json", 9)));
        packages.add(Component.of(DEEP, Scope.RUNTIME, false, Place.of("package-lock.json", 14)));
        packages.depends(APP, MIDDLE);
        packages.depends(MIDDLE, DEEP);
        packages.depends(DEEP, APP);
    }

    @Test
    void withoutManifestsNothingIsSaidAndNoDatabaseIsNeeded() throws InterruptedException {
        var report = scan();

        assertThat(report.findings()).isEmpty();
        assertThat(report.coverage().skipped()).isEmpty();
        assertThat(report.coverage().notes()).isEmpty();
    }

    @Test
    void withoutADatabaseTheReportSaysHowToGetOne() throws InterruptedException {
        holds("pkg:npm/thing@1.0.0", "package.json", 3);

        var report = scan();

        assertThat(report.findings()).isEmpty();
        assertThat(report.coverage().resources()).isEqualTo(1);
        assertThat(report.coverage().skipped())
                .singleElement()
                .satisfies(
                        each -> assertThat(each.reason()).contains("no vulnerability database", "stepzero db import"));
    }

    @Test
    void aFindingSaysWhatIsThereAndWhatMendsIt() throws InterruptedException {
        holds("pkg:npm/thing@1.0.0", "package.json", 3);
        advisories(
                record(
                        "GHSA-1",
                        "npm",
                        "thing",
                        pair("0", "1.2.0"),
                        "'aliases': ['CVE-2026-0001'], 'severity': [{'type': 'CVSS_V3', 'score':"
                                + " 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N'}], 'database_specific': {'cwe_ids': ['CWE-79']},"));

        var finding = scan().findings().getFirst();

        assertThat(finding.rule()).isEqualTo("GHSA-1");
        assertThat(finding.aliases()).containsExactly("CVE-2026-0001");
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.location().resource()).isEqualTo("pkg:npm/thing@1.0.0");
        assertThat(finding.location().file()).contains("package.json");
        assertThat(finding.location().startLine()).isEqualTo(3);
        assertThat(finding.title()).isEqualTo("thing: Something is wrong in thing");
        assertThat(finding.message())
                .isEqualTo("thing 1.0.0 is installed, >=0 <1.2.0 is affected; fixed in 1.2.0."
                        + " Critical: CVSS 3.1 score 9.1");
        assertThat(finding.fix()).isEqualTo("Update thing from 1.0.0 to 1.2.0.");
        assertThat(finding.cwe()).containsExactly(79);
    }

    @Test
    void whatOthersBringAlongIsTracedToADirectDependency() throws InterruptedException {
        reader = (files, packages, intake) -> chain(packages);
        advisories(record("GHSA-1", "npm", "deep", pair("0", "1.0.1")));

        var finding = scan().findings().getFirst();

        assertThat(finding.message()).contains("It comes through app 2.0.0 > middle 1.1.0 > deep 1.0.0");
        assertThat(finding.fix())
                .isEqualTo("Update app to a version that brings deep 1.0.1 or later, or pin that yourself:"
                        + " \"overrides\": {\"deep\": \"1.0.1\"} in package.json.");
    }

    @Test
    void aFindingKeepsItsFingerprintWhicheverDatabaseTellsOfIt() throws InterruptedException {
        holds("pkg:npm/thing@1.0.0", "package.json", 3);
        advisories(record("MINE-1", "npm", "thing", pair("0", "1.2.0"), "'aliases': ['CVE-2026-0001'],"));
        var before = scan().findings().getFirst();
        advisories(
                record("MINE-1", "npm", "thing", pair("0", "1.2.0"), "'aliases': ['CVE-2026-0001'],"),
                record("GHSA-1", "npm", "thing", pair("0", "1.2.0"), "'aliases': ['CVE-2026-0001'],"));
        holds("pkg:npm/thing@1.1.0", "package.json", 9);

        var after = scan().findings();

        assertThat(after).singleElement().satisfies(each -> {
            assertThat(each.rule()).isEqualTo("GHSA-1");
            assertThat(each.fingerprint()).isEqualTo(before.fingerprint());
        });
    }

    @Test
    void theReportSaysHowOldTheAdvisoriesAreAndWhatTheyDoNotCover() throws InterruptedException {
        reader = (files, packages, intake) -> {
            packages.add(Component.of(
                    PackageUrl.parse("pkg:npm/thing@1.0.0"), Scope.RUNTIME, true, Place.of("package.json", 1)));
            packages.add(Component.of(
                    PackageUrl.parse("pkg:pypi/other@1.0.0"), Scope.RUNTIME, true, Place.of("requirements.txt", 1)));
            packages.add(Component.of(PackageUrl.parse("pkg:maven/g/a"), Scope.RUNTIME, true, Place.of("pom.xml", 1)));
        };
        advisories(record("GHSA-1", "npm", "unrelated", pair("0", "1.2.0")));

        var coverage = scan().coverage();

        assertThat(coverage.notes()).containsExactly("packages: advisories as of npm 2026-11-01 (20 days old)");
        assertThat(coverage.skipped())
                .extracting(Coverage.Skipped::reason)
                .anyMatch(each -> each.startsWith("the database has no advisories of PyPI"))
                .anyMatch(each -> each.equals("g:a: its version is not known"));
    }

    @Test
    void onlyAPolicyMakesOldAdvisoriesBlock() throws InterruptedException {
        holds("pkg:npm/thing@1.0.0", "package.json", 3);
        advisories(record("GHSA-1", "npm", "unrelated", pair("0", "1.2.0")));

        assertThat(scan().findings()).isEmpty();
        assertThat(scan(aged(20)).findings()).isEmpty();
        assertThat(scan(aged(19)).findings()).singleElement().satisfies(each -> {
            assertThat(each.rule()).isEqualTo("stepzero-database-too-old");
            assertThat(each.severity()).isEqualTo(Severity.CRITICAL);
        });
    }

    @Test
    void aPolicyWithoutADatabaseBlocks() throws InterruptedException {
        holds("pkg:npm/thing@1.0.0", "package.json", 3);

        assertThat(scan(aged(7)).findings()).extracting(Finding::rule).containsExactly("stepzero-database-too-old");
    }

    private static ScanOptions aged(int days) {
        return new ScanOptions(List.of(), List.of(), List.of(), Optional.of(days), Optional.empty());
    }

    @Test
    void statementsInTheTreeAndGivenOnesSettleFindings() throws InterruptedException {
        holds("pkg:npm/thing@1.0.0", "package.json", 3);
        advisories(
                record("GHSA-1", "npm", "thing", pair("0", "1.2.0"), "'aliases': ['CVE-2026-0001'],"),
                record("GHSA-2", "npm", "thing", pair("0", "1.2.0")));
        var statement = """
                {"@context": "https://openvex.dev/ns/v0.2.0", "timestamp": "2026-11-01T00:00:00Z", "statements": [
                  {"vulnerability": {"name": "%s"}, "products": [{"@id": "pkg:npm/thing"}],
                   "status": "not_affected", "justification": "vulnerable_code_not_present"}]}
                """;
        Osv.file(tree.resolve("sub/.vex/a.json"), statement.formatted("CVE-2026-0001"));
        var given = Osv.file(directory.resolve("given.json"), statement.formatted("GHSA-2"));

        var report = scan(new ScanOptions(List.of(), List.of(), List.of(given), Optional.empty(), Optional.empty()));

        assertThat(report.findings()).isEmpty();
        assertThat(report.suppressed()).hasSize(2);
        assertThat(report.suppressed().getFirst().message())
                .startsWith("not affected according to sub/.vex/a.json (vulnerable_code_not_present). thing 1.0.0");
    }

    @Test
    void aMalformedStatementIsAFindingInTheTreeAndAnErrorWhereItIsGiven() throws InterruptedException {
        holds("pkg:npm/thing@1.0.0", "package.json", 3);
        advisories(record("GHSA-1", "npm", "unrelated", pair("0", "1.2.0")));
        var broken = Osv.file(tree.resolve("app.openvex.json"), "{");

        assertThat(scan().findings()).extracting(Finding::rule).containsExactly("stepzero-file-not-understood");
        var options = new ScanOptions(List.of(), List.of(), List.of(broken), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> scan(options)).isInstanceOf(UserError.class).hasMessageContaining("no VEX document");
    }

    @Test
    void textsOfOthersReachNoTerminalUnclean() throws InterruptedException {
        holds("pkg:npm/thing@1.0.0", "package.json", 3);
        advisories(record("GHSA-1", "npm", "thing", pair("0", "1.2.0"))
                .replace("Something is wrong", "\\u001b[2J\\u202eSomething"));

        assertThat(scan().findings().getFirst().title()).isEqualTo("thing: [2J Something in thing");
    }
}
