package dev.stepzero.ship.affected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Component.SourcePackage;
import dev.stepzero.scan.packages.Distribution;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.vulnerabilities.database.DatabaseImport;
import dev.stepzero.scan.vulnerabilities.database.Limits;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.Deployments.Kind;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes known of releases after they were deployed. */
@ExtendWith(TestDatabase.class)
class AffectedReleasesTest {
    private static final Digest IMAGE = Digest.of(new byte[] {7});
    private static final String VERSION = "2.36-9+deb12u13";
    private static final Inventory INVENTORY = inventory();

    @TempDir
    private Path directory;

    private final Jdbi jdbi;
    private final Deployments deployments;
    private final ComponentIndex index;
    private String project = "";

    AffectedReleasesTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.deployments = new Deployments(jdbi, Clock.systemUTC());
        this.index = new ComponentIndex(jdbi);
    }

    @BeforeEach
    void nameTheProjectAfterTheTest(TestInfo test) {
        project = test.getDisplayName() + System.nanoTime();
    }

    @Test
    void whatWasRecordedIsReadBackWithEverythingThatMatchingNeeds() {
        var release = serve(true);

        var recorded = index.of(release).orElseThrow();

        assertThat(recorded.failOn()).isEqualTo(Severity.HIGH);
        assertThat(recorded.inventory()).isEqualTo(INVENTORY);
    }

    @Test
    void aPackageLeadsToTheImagesThatServeIt() {
        serve(true);

        assertThat(index.serving(PackageUrl.parse("pkg:maven/example/left")))
                .filteredOn(each -> each.project().equals(project))
                .containsExactly(new Serving(
                        project,
                        "production",
                        IMAGE.toString(),
                        "c1",
                        "pkg:maven/example/left@1.0",
                        "/app/lib/left.jar"));
        assertThat(index.serving(PackageUrl.parse("pkg:deb/debian/glibc")))
                .filteredOn(each -> each.project().equals(project))
                .extracting(Serving::purl)
                .containsExactly("pkg:deb/debian/libc6@2.36-9%2Bdeb12u13?arch=amd64&distro=debian-12");
        assertThat(index.serving(PackageUrl.parse("pkg:maven/example/left@2.0")))
                .isEmpty();
    }

    @Test
    void whatBecameKnownSinceTheDeploymentIsNewOnce() throws Exception {
        serve(true);
        advisory("GHSA-aaaa-bbbb-cccc", "Maven", "example:left", "1.1", "CRITICAL");

        var first = look("9");
        var second = look("9");

        assertThat(first.affected()).singleElement().satisfies(each -> {
            assertThat(each.advisory()).isEqualTo("GHSA-aaaa-bbbb-cccc");
            assertThat(each.environment()).isEqualTo("production");
            assertThat(each.commit()).isEqualTo("c1");
            assertThat(each.image()).isEqualTo(IMAGE.toString());
            assertThat(each.fixed()).isEqualTo("1.1");
            assertThat(each.fresh()).isTrue();
            assertThat(each.remedy().kind()).isEqualTo(Remedy.Kind.EDIT);
        });
        assertThat(first.alarms()).isTrue();
        assertThat(second.affected()).singleElement().satisfies(each -> {
            assertThat(each.fresh()).isFalse();
            assertThat(each.knownSince()).isEqualTo(first.affected().getFirst().knownSince());
        });
        assertThat(second.alarms()).isFalse();
    }

    @Test
    void whatTheGateSawIsNothingNew() throws Exception {
        advisory("GHSA-aaaa-bbbb-cccc", "Maven", "example:left", "1.1", "CRITICAL");
        var release = serve(true);
        releases().deployed(release, project, "production");

        var answer = look("9");

        assertThat(answer.affected()).extracting(Affected::fresh).containsExactly(false);
        assertThat(answer.alarms()).isFalse();
    }

    @Test
    void whatTheGateWouldLetThroughRaisesNoAlarm() throws Exception {
        serve(true);
        advisory("GHSA-aaaa-bbbb-cccc", "Maven", "example:left", "1.1", "MODERATE");

        var answer = look("9");

        assertThat(answer.affected()).extracting(Affected::fresh).containsExactly(true);
        assertThat(answer.alarms()).isFalse();
    }

    @Test
    void aRebuildHelpsOnlyWhereTheArchiveHasTheFix() throws Exception {
        serve(true);
        advisory("DEBIAN-CVE-2030-1", "Debian:12", "glibc", "2.36-9+deb12u14", "HIGH");

        assertThat(kinds(look("2.36-9+deb12u14"))).containsExactly(Remedy.Kind.REBUILD);
        assertThat(kinds(look("2.36-9+deb12u13"))).containsExactly(Remedy.Kind.WAIT);
        assertThat(kinds(look(name -> {
                    throw UserError.engine("no archive answers");
                })))
                .containsExactly(Remedy.Kind.UNKNOWN);
    }

    @Test
    void aBinaryThatIsNumberedUnlikeItsSourceIsComparedByItsSource() throws Exception {
        serve(true);
        advisory("DEBIAN-CVE-2030-2", "Debian:12", "shadow", "1:4.13+dfsg1-2", "HIGH");

        assertThat(kinds(look("1:4.13+dfsg1-2"))).containsExactly(Remedy.Kind.REBUILD);
        assertThat(kinds(look("1:4.13+dfsg1-1"))).containsExactly(Remedy.Kind.WAIT);
    }

    @Test
    void aReleaseFromBeforeComponentsWereRecordedIsNamed() throws Exception {
        serve(false);
        advisory("GHSA-aaaa-bbbb-cccc", "Maven", "example:left", "1.1", "HIGH");

        var answer = releases().look(new Remedies(name -> Optional.empty()));

        assertThat(answer.unrecorded())
                .extracting(Deployments.Deployment::project)
                .contains(project);
    }

    @Test
    void withoutAdvisoriesItSaysSo() {
        serve(true);

        assertThatThrownBy(() -> look("9")).isInstanceOf(UserError.class).hasMessageContaining("advisories");
    }

    private static List<Remedy.Kind> kinds(AffectedReleases.Answer answer) {
        return answer.affected().stream().map(each -> each.remedy().kind()).toList();
    }

    /** Of this test's project only: others share the tables. */
    private AffectedReleases.Answer look(String offered) throws Exception {
        return look(name -> Optional.of(offered));
    }

    private AffectedReleases.Answer look(Remedies.Archive archive) throws Exception {
        var answer = releases().look(new Remedies(archive));
        return new AffectedReleases.Answer(
                answer.affected().stream()
                        .filter(each -> each.project().equals(project))
                        .toList(),
                List.of());
    }

    private AffectedReleases releases() {
        return new AffectedReleases(
                deployments,
                index,
                new ToldVulnerabilities(jdbi),
                directory.resolve("vulnerabilities"),
                Clock.systemUTC());
    }

    private long serve(boolean recorded) {
        var run = jdbi.withHandle(handle -> handle.createQuery("""
                        insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at)
                        values (:project, 'production', 'process', 'c1', 'p', 'succeeded', now(), now()) returning id""")
                .bind("project", project)
                .mapTo(Long.class)
                .one());
        var release = deployments.release(project, "c1", IMAGE, run);
        if (recorded) {
            index.record(release, Digest.of(new byte[] {8}), INVENTORY, Severity.CRITICAL);
            index.record(release, Digest.of(new byte[] {8}), INVENTORY, Severity.HIGH);
        }
        var deployment = deployments.begin(release, specification(), "process", Kind.SHIP, Optional.of(run));
        deployments.serving(deployment, Colour.GREEN, "http://127.0.0.1:1");
        return release;
    }

    private EnvironmentSpec specification() {
        return new EnvironmentSpec(
                project,
                "production",
                Path.of("/home"),
                new EnvironmentSpec.LoadBalancer("127.0.0.1", 1),
                new EnvironmentSpec.Application(
                        1, "PORT", 2, "/health", "/version", Map.of(), List.of(), 64, Duration.ofSeconds(30)),
                Optional.empty());
    }

    private static Inventory inventory() {
        var packages = new Inventory.Collector();
        packages.add(new Component(
                PackageUrl.of("deb", "debian", "libc6", VERSION)
                        .with("arch", "amd64")
                        .with("distro", "debian-12"),
                Scope.RUNTIME,
                false,
                List.of(new Place("/var/lib/dpkg/status.d/libc6", 0, -1)),
                Optional.of(new SourcePackage("glibc", VERSION)),
                Optional.empty(),
                List.of()));
        packages.add(new Component(
                PackageUrl.of("deb", "debian", "login", "99.1")
                        .with("arch", "amd64")
                        .with("distro", "debian-12"),
                Scope.RUNTIME,
                false,
                List.of(new Place("/var/lib/dpkg/status.d/login", 0, -1)),
                Optional.of(new SourcePackage("shadow", "1:4.13+dfsg1-1")),
                Optional.empty(),
                List.of()));
        packages.add(Component.of(
                PackageUrl.parse("pkg:maven/example/left@1.0"),
                Scope.RUNTIME,
                true,
                new Place("/app/lib/left.jar", 0, -1)));
        return packages.inventory(Optional.of(new Distribution("debian", "12", "bookworm")));
    }

    private void advisory(String id, String ecosystem, String name, String fixed, String severity) throws Exception {
        var records = Files.createDirectories(directory.resolve("records"));
        Files.writeString(records.resolve(id + ".json"), """
                {"id": "%s", "modified": "2026-11-01T00:00:00Z", "summary": "Something is wrong",
                 "database_specific": {"severity": "%s"},
                 "affected": [{"package": {"ecosystem": "%s", "name": "%s"},
                   "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "%s"}]}]}]}
                """.formatted(id, severity, ecosystem, name, fixed));
        new DatabaseImport(directory.resolve("vulnerabilities"), Clock.systemUTC(), Limits.USUAL)
                .add(List.of(records.toString()), Optional.empty(), Optional.empty());
    }
}
