package dev.stepzero.ship.contents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.sbom.Sbom;
import dev.stepzero.scan.sbom.SbomFormat;
import dev.stepzero.scan.sbom.SbomReader;
import dev.stepzero.scan.vulnerabilities.database.Database;
import dev.stepzero.scan.vulnerabilities.database.DatabaseImport;
import dev.stepzero.scan.vulnerabilities.database.Limits;
import dev.stepzero.scan.vulnerabilities.match.Matcher;
import dev.stepzero.scan.vulnerabilities.match.Schemes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a release is made of, by its build and by its image. */
class ReconciliationTest {
    private static final PackageUrl LEFT = PackageUrl.parse("pkg:maven/example/left@1.0");

    @TempDir
    private Path directory;

    private TestBuild build;

    @BeforeEach
    void makeBuild() throws Exception {
        build = new TestBuild(directory);
    }

    @Test
    void whatTheBuildPutInIsNamedWithTheDigestOfTheFileThatItCameIn() throws Exception {
        var reconciliation = build.reconcile();

        assertThat(reconciliation.findings()).isEmpty();
        assertThat(reconciliation.absent()).isEmpty();
        assertThat(reconciliation.inventory().components())
                .extracting(each -> each.purl().withoutVersion().toString())
                .containsExactly(
                        "pkg:deb/debian/libc6",
                        "pkg:generic/openjdk",
                        "pkg:maven/example/app",
                        "pkg:maven/example/left");
        assertThat(component("pkg:deb/debian/libc6", reconciliation.inventory()).digest())
                .contains(new Digest(TestBuild.LIBC.sha256()));
        assertThat(component("pkg:maven/example/left", reconciliation.inventory())
                        .digest())
                .contains(Digest.of(build.files.get("app/lib/left-1.0.jar")));
    }

    @Test
    void thePomTellsWhoAsksForAPackage() throws Exception {
        build.archive("/app/lib/right-2.0.jar", TestBuild.jar("example", "right", "2.0"));
        build.write("sources/pom.xml", pom("app", "1.0", "left", "1.0"));
        build.write("m2/example/left/1.0/left-1.0.pom", pom("left", "1.0", "right", "2.0"));

        var inventory = build.reconcile().inventory();

        assertThat(component("pkg:maven/example/left", inventory).direct()).isTrue();
        assertThat(component("pkg:maven/example/right", inventory).direct()).isFalse();
        assertThat(inventory.dependencies().get(LEFT)).containsExactly(PackageUrl.parse("pkg:maven/example/right@2.0"));
    }

    @Test
    void anArchiveThatDoesNotSayWhatItIsHasTheCoordinatesUnderWhichMavenFetchedIt() throws Exception {
        var mute = TestBuild.zip("Mute.class");
        build.archive("/app/lib/mute-3.0.jar", mute);
        build.write("sources/pom.xml", pom("app", "1.0", "mute", "3.0"));
        build.write("m2/example/mute/3.0/mute-3.0.pom", pom("mute", "3.0", "none", "1.0"));
        build.write("m2/example/mute/3.0/mute-3.0.jar", mute);

        var reconciliation = build.reconcile();

        assertThat(reconciliation.findings()).isEmpty();
        assertThat(reconciliation.inventory().components())
                .extracting(Component::purl)
                .contains(PackageUrl.parse("pkg:maven/example/mute@3.0"));
    }

    @Test
    void aPackageThatNobodyBroughtIsFoundAndStillListed() throws Exception {
        build.files.put("opt/extra.jar", TestBuild.jar("example", "extra", "1.0"));
        build.text("var/lib/dpkg/status.d/curl", "Package: curl\nVersion: 7.88\nArchitecture: amd64\n");

        var reconciliation = build.reconcile();

        assertThat(reconciliation.findings())
                .extracting(
                        Finding::rule,
                        Finding::severity,
                        each -> each.location().resource())
                .containsExactlyInAnyOrder(
                        tuple("image-package-not-in-sbom", Severity.MEDIUM, "image:/opt/extra.jar"),
                        tuple("image-package-not-in-sbom", Severity.MEDIUM, "image:/var/lib/dpkg/status.d/curl"));
        assertThat(component("pkg:maven/example/extra", reconciliation.inventory()))
                .isNotNull();
    }

    @Test
    void aPackageOfAnotherVersionThanTheLocksIsNotTheLocks() throws Exception {
        build.text("var/lib/dpkg/status.d/libc6", "Package: libc6\nVersion: 2.36-9+deb12u1\nArchitecture: amd64\n");

        var reconciliation = build.reconcile();

        assertThat(reconciliation.findings()).extracting(Finding::rule).containsExactly("image-package-not-in-sbom");
        assertThat(reconciliation.absent()).extracting(PackageUrl::version).containsExactly("2.36-9+deb12u13");
    }

    @Test
    void anArchiveWithOtherBytesThanTheBuildsIsAHighFinding() throws Exception {
        build.files.put("app/lib/left-1.0.jar", TestBuild.jar("example", "left", "1.0", "Backdoor.class"));

        var findings = build.reconcile().findings();

        assertThat(findings)
                .extracting(Finding::rule, Finding::severity)
                .containsExactly(tuple("image-package-differs", Severity.HIGH));
        assertThat(findings.getFirst().message()).contains("sha256:");
    }

    @Test
    void anotherPackageInThePlaceOfOneIsAHighFinding() throws Exception {
        build.files.put("app/lib/left-1.0.jar", TestBuild.jar("evil", "right", "6.6"));

        assertThat(build.reconcile().findings()).extracting(Finding::rule).containsOnly("image-package-differs");
    }

    @Test
    void aSecondCopyInAnotherPlaceIsFound() throws Exception {
        build.files.put("opt/left-1.0.jar", build.files.get("app/lib/left-1.0.jar"));

        assertThat(build.reconcile().findings())
                .extracting(each -> each.location().resource())
                .containsExactly("image:/opt/left-1.0.jar");
    }

    @Test
    void anArchiveThatChangedSinceTheImageWasMadeStopsTheRun() throws Exception {
        Files.write(directory.resolve("target/left-1.0.jar"), new byte[] {0});

        assertThatThrownBy(build::reconcile).isInstanceOf(UserError.class).hasMessageContaining("changed");
    }

    @Test
    void theSameCommitGivesTheSameBytes() throws Exception {
        var again = new TestBuild(directory.resolve("elsewhere"));

        assertThat(written(again.reconcile().inventory()))
                .isEqualTo(written(build.reconcile().inventory()));
    }

    @Test
    void theDocumentAndTheImageHaveTheSameVulnerabilities() throws Exception {
        var document = SbomReader.read(
                        new ByteArrayInputStream(written(build.reconcile().inventory())))
                .inventory();
        advisory("DEBIAN-CVE-2030-1", "Debian:12", "glibc", "2.36-9+deb12u14");
        advisory("GHSA-aaaa-bbbb-cccc", "Maven", "example:left", "1.1");
        advisory("GHSA-dddd-eeee-ffff", "Maven", "example:app", "1.0");

        try (var database = database()) {
            var matcher = new Matcher(database, Schemes.known());
            var ofDocument = matcher.match(document).vulnerable();
            var ofImage = matcher.match(build.installed()).vulnerable();

            assertThat(ofDocument)
                    .extracting(each -> each.component().purl() + " " + each.advisory() + " " + each.fixed())
                    .hasSize(2)
                    .containsExactlyElementsOf(ofImage.stream()
                            .map(each -> each.component().purl() + " " + each.advisory() + " " + each.fixed())
                            .toList());
        }
    }

    private static Component component(String name, Inventory inventory) {
        return inventory.components().stream()
                .filter(each -> each.purl().withoutVersion().toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] written(Inventory inventory) throws Exception {
        var out = new ByteArrayOutputStream();
        SbomFormat.CYCLONEDX.write(
                new Sbom("app", "c1", Optional.empty(), Instant.parse("2030-01-01T00:00:00Z"), inventory), out);
        return out.toByteArray();
    }

    private static byte[] pom(String artifact, String version, String dependency, String itsVersion) {
        return """
                <project><modelVersion>4.0.0</modelVersion>
                  <groupId>example</groupId><artifactId>%s</artifactId><version>%s</version>
                  <dependencies><dependency>
                    <groupId>example</groupId><artifactId>%s</artifactId><version>%s</version>
                  </dependency></dependencies>
                </project>
                """.formatted(artifact, version, dependency, itsVersion).getBytes(UTF_8);
    }

    private void advisory(String id, String ecosystem, String name, String fixed) throws Exception {
        build.write("records/" + id + ".json", """
                {"id": "%s", "modified": "2026-11-01T00:00:00Z", "summary": "Something is wrong",
                 "affected": [{"package": {"ecosystem": "%s", "name": "%s"},
                   "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "%s"}]}]}]}
                """.formatted(id, ecosystem, name, fixed)
                .getBytes(UTF_8));
    }

    private Database database() throws Exception {
        var place = directory.resolve("vulnerabilities");
        new DatabaseImport(place, Clock.systemUTC(), Limits.USUAL)
                .add(List.of(directory.resolve("records").toString()), Optional.empty(), Optional.empty());
        return Database.open(place).orElseThrow();
    }
}
