package dev.stepzero.ship.steps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Digest;
import dev.stepzero.core.Home;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.scan.vulnerabilities.PackageScanner;
import dev.stepzero.scan.vulnerabilities.database.Database;
import dev.stepzero.scan.vulnerabilities.database.DatabaseImport;
import dev.stepzero.scan.vulnerabilities.database.Limits;
import dev.stepzero.ship.image.OciLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanStepTest {
    private static final String BILL = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [
              {"type": "library", "bom-ref": "left", "name": "left", "version": "1.0",
               "purl": "pkg:maven/example/left@1.0"}]}""";

    private static final String ADVISORY = """
            {"id": "GHSA-aaaa-bbbb-cccc", "modified": "2030-11-01T00:00:00Z", "summary": "Something is wrong",
             "database_specific": {"severity": "CRITICAL"},
             "affected": [{"package": {"ecosystem": "Maven", "name": "example:left"},
               "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}]}]}""";

    private static final String NOT_AFFECTED = """
            {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://example.org/vex/1", "author": "Ada",
             "timestamp": "2030-11-01T00:00:00Z", "version": 1, "statements": [
              {"vulnerability": {"name": "GHSA-aaaa-bbbb-cccc"}, "products": [{"@id": "pkg:maven/example/left@1.0"}],
               "status": "not_affected", "justification": "vulnerable_code_not_in_execute_path"}]}""";

    @TempDir
    Path temporary;

    private Path sources;
    private TestContext context;

    @BeforeEach
    void checkOut() throws Exception {
        sources = Files.createDirectories(temporary.resolve("sources"));
        var layout = OciLayout.at(temporary.resolve("registry"));
        var bill = BILL.getBytes(UTF_8);
        layout.put(bill);
        context = new TestContext(1, SigningKey.in(temporary.resolve("keys")))
                .with(Handover.SOURCES, new Handover.Sources(sources.toString(), 0))
                .with(Handover.ARTIFACT, new Handover.Artifact(sources.toString(), ""))
                .with(Handover.IMAGE, new Handover.ImageFacts("" + Digest.of(new byte[] {1}), 1, true))
                .with(Handover.SBOM, new Handover.Sbom("" + Digest.of(bill)))
                .with(Handover.MISMATCHES, new Handover.Analysis(List.of("inventory"), List.of()));
    }

    private ScanStep ofImage(Scanner scanner) {
        return ScanStep.ofImage("invoicer", temporary.resolve("registry"), List.of(scanner), TestRelease.clock());
    }

    private PackageScanner packages() throws Exception {
        var home = new Home(temporary.resolve("home"));
        var record = Files.writeString(temporary.resolve("record.json"), ADVISORY);
        new DatabaseImport(Database.directory(home), TestRelease.clock(), Limits.USUAL)
                .add(List.of(record.toString()), Optional.empty(), Optional.empty());
        return new PackageScanner(List.of(), home, TestRelease.clock());
    }

    @Test
    void aVulnerabilityOfTheBillOfMaterialsIsAFinding() throws Exception {
        ofImage(packages()).run(context);

        assertThat(context.get(Handover.IMAGE_FINDINGS).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.rule()).isEqualTo("GHSA-aaaa-bbbb-cccc"));
        assertThat(context.statement().predicate().path("settled").asInt()).isZero();
    }

    @Test
    void aVexStatementInTheRepositorySettlesItInWhatWasBuilt() throws Exception {
        Files.createDirectory(sources.resolve(".vex"));
        Files.writeString(sources.resolve(".vex/left.json"), NOT_AFFECTED);

        ofImage(packages()).run(context);

        assertThat(context.get(Handover.IMAGE_FINDINGS).findings()).isEmpty();
        assertThat(context.statement().predicate().path("settled").asInt()).isEqualTo(1);
    }

    @Test
    void howOldTheAdvisoriesWereIsSaidOnceAndAttested() throws Exception {
        ofImage(packages()).run(context);

        assertThat(context.summary)
                .startsWith("1 finding (1 critical) by inventory, packages; packages: advisories as of Maven ");
        assertThat(context.warnings).isEmpty();
        assertThat(context.statement().predicate().at("/coverage/notes/0").asString())
                .startsWith("packages: advisories as of Maven ");
    }

    @Test
    void whatWasNotJudgedIsSaidAndAttested() throws Exception {
        ofImage(new PackageScanner(List.of(), new Home(temporary.resolve("empty")), TestRelease.clock()))
                .run(context);

        assertThat(context.warnings).singleElement().asString().startsWith("not judged: packages: ");
        var coverage = context.statement().predicate().path("coverage");
        assertThat(coverage.at("/notJudged/0/path").asString()).isEqualTo("packages");
        assertThat(coverage.path("notJudgedInAll").asInt()).isEqualTo(1);
        assertThat(context.summary).isEqualTo("no finding by inventory, packages");
    }

    @Test
    void muchThatWasNotJudgedIsCountedInOneWarning() throws Exception {
        var skipped =
                List.of(new Coverage.Skipped("a.tf", "it is too large"), new Coverage.Skipped("b.tf", "it is no HCL"));

        ofSources(subject -> new ScanReport(List.of(), List.of(), new Coverage(3, 1, 0, skipped, List.of("a note"))))
                .run(context);

        assertThat(context.warnings)
                .containsExactly("scan-source did not judge 2 parts, the first is a.tf: it is too large");
        assertThat(context.summary).isEqualTo("no finding by stub");
        assertThat(context.lines).contains("a note", "not judged: b.tf: it is no HCL");
    }

    @Test
    void anArchiveWithItsLibrariesInItIsWhatWasBuilt() throws Exception {
        var archive = Files.write(sources.resolve("app.jar"), new byte[] {'P', 'K'});
        var seen = new ArrayList<Subject>();
        var step = ofImage(new Stub(subject -> {
            seen.add(subject);
            return ScanReport.EMPTY;
        }));

        step.run(context);
        step.run(context.with(Handover.ARTIFACT, new Handover.Artifact(archive.toString(), "")));

        assertThat(seen)
                .filteredOn(Subject.BillOfMaterials.class::isInstance)
                .extracting(subject -> ((Subject.BillOfMaterials) subject).built())
                .containsExactly(Optional.empty(), Optional.of(new Subject.Built(archive, List.of())));
    }

    private static ScanStep ofSources(Function<Subject, ScanReport> look) {
        return ScanStep.ofSources("invoicer", List.of(new Stub(look)), TestRelease.clock());
    }

    @Test
    void aScanThatCannotGoOnAttestsWhatItHasAndThatItDidNotComeToItsEnd() {
        var step = ofSources(subject -> {
            throw UserError.unreadable("the tree cannot be read");
        });

        assertThatThrownBy(() -> step.run(context)).isInstanceOf(UserError.class);

        var statement = context.statement();
        assertThat(statement.predicateType()).isEqualTo(PredicateType.SCAN);
        assertThat(statement.isAbout("gitCommit:" + TestRelease.COMMIT)).isTrue();
        assertThat(statement.predicate().path("failure").asString()).isEqualTo("the tree cannot be read");
        assertThat(statement.predicate().path("scanners").toString()).isEqualTo("[\"stub\"]");
    }

    /** A scanner that says what a test wants. */
    private record Stub(Function<Subject, ScanReport> look) implements Scanner {
        @Override
        public String name() {
            return "stub";
        }

        @Override
        public boolean looksAt(Subject subject) {
            return true;
        }

        @Override
        public ScanReport scan(Subject subject) {
            return look.apply(subject);
        }
    }
}
