package dev.stepzero.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Component.SourcePackage;
import dev.stepzero.scan.packages.Distribution;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.vulnerabilities.database.DatabaseImport;
import dev.stepzero.scan.vulnerabilities.database.Limits;
import dev.stepzero.ship.affected.AffectedReleases;
import dev.stepzero.ship.affected.ComponentIndex;
import dev.stepzero.ship.affected.Remedies;
import dev.stepzero.ship.affected.ToldVulnerabilities;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.Deployments.Kind;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.engine.Pipeline;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.Run;
import dev.stepzero.ship.engine.RunKey;
import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.engine.RunOrigin;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.git.SourceRepository;
import dev.stepzero.ship.image.BuiltImage.Contained;
import dev.stepzero.ship.phoenix.Clones;
import dev.stepzero.ship.phoenix.Mended;
import dev.stepzero.ship.phoenix.Outcome;
import dev.stepzero.ship.phoenix.Rebuild;
import dev.stepzero.ship.phoenix.RebuildLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jgit.api.Git;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** When what serves is built again, and when it is not; that a rebuild really replaces it, cli's PhoenixTest shows. */
@ExtendWith(TestDatabase.class)
class PhoenixTest {
    private static final Digest VULNERABLE = Digest.of(new byte[] {1});
    private static final Digest MENDED = Digest.of(new byte[] {2});

    @TempDir
    private Path directory;

    private final Jdbi jdbi;
    private final Deployments deployments;
    private final ComponentIndex index;
    private final ToldVulnerabilities told;
    private final String project = "app-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<Rebuild> shipped = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private String offered = "1.1";
    private String settles = "1.1";
    private RunStatus ends = RunStatus.SUCCEEDED;
    private String commit = "";
    private Git git;

    PhoenixTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.deployments = new Deployments(jdbi, Clock.systemUTC());
        this.index = new ComponentIndex(jdbi);
        this.told = new ToldVulnerabilities(jdbi);
    }

    @BeforeEach
    void commitAProject() throws Exception {
        git = Git.init().setDirectory(directory.resolve("clone").toFile()).call();
        commit = commit("app: %s\nowners: [ops]\n".formatted(project));
    }

    @Test
    void aFixThatTheBaseBringsReplacesWhatServes() throws Exception {
        serve(VULNERABLE, "1.0");
        advisory("DEBIAN-CVE-2030-1", "1.1", "HIGH");

        var mended = mend();

        assertThat(mended.outcomes()).extracting(Outcome::kind).containsExactly(Outcome.Kind.REBUILT);
        assertThat(mended.notices()).isEmpty();
        assertThat(mended.alarms()).isFalse();
        assertThat(shipped).singleElement().satisfies(each -> {
            assertThat(each.replaces()).isEqualTo(VULNERABLE);
            assertThat(each.why()).isEqualTo("DEBIAN-CVE-2030-1 in moon 1.0, now 1.1");
        });
        assertThat(mend().outcomes()).isEmpty();
    }

    @Test
    void whatServesIsBuiltAgainAndNotWhatIsNewer() throws Exception {
        var served = commit;
        serve(VULNERABLE, "1.0");
        commit("app: %s\n# newer\n".formatted(project));
        advisory("DEBIAN-CVE-2030-1", "1.1", "HIGH");

        mend();

        assertThat(deployments.history(project, "production").getFirst().commit())
                .isEqualTo(served);
        assertThat(notes).singleElement().asString().contains("HEAD is at").contains(served.substring(0, 12));
    }

    @Test
    void aRebuildThatIsRefusedIsSaidOnceAndNotRepeatedUntilSomethingElseIsThere() throws Exception {
        serve(VULNERABLE, "1.0");
        advisory("DEBIAN-CVE-2030-1", "1.1", "HIGH");
        ends = RunStatus.BLOCKED;

        var first = mend();
        var second = mend();
        settles = "1.2";
        var third = mend();

        assertThat(first.alarms()).isTrue();
        assertThat(first.outcomes()).singleElement().satisfies(each -> {
            assertThat(each.kind()).isEqualTo(Outcome.Kind.REFUSED);
            assertThat(each.text()).contains("1 of 7 tests failed", "serves as before");
            assertThat(each.news()).isTrue();
        });
        assertThat(second.alarms()).isFalse();
        assertThat(second.outcomes()).singleElement().satisfies(each -> {
            assertThat(each.kind()).isEqualTo(Outcome.Kind.TRIED);
            assertThat(each.text()).contains("1 of 7 tests failed");
            assertThat(each.news()).isFalse();
        });
        assertThat(third.outcomes()).extracting(Outcome::kind).containsExactly(Outcome.Kind.REFUSED);
        assertThat(shipped).hasSize(2);
    }

    @Test
    void whoAsksForItGetsItThoughItWasRefusedBefore() throws Exception {
        serve(VULNERABLE, "1.0");
        advisory("DEBIAN-CVE-2030-1", "1.1", "LOW");
        ends = RunStatus.BLOCKED;
        ask();
        ends = RunStatus.SUCCEEDED;

        var asked = ask();

        assertThat(asked.outcomes()).extracting(Outcome::kind).containsExactly(Outcome.Kind.REBUILT);
        assertThatThrownBy(() -> phoenix()
                        .mend(Optional.of(new MendRequest("nothing-" + project, Optional.empty())), this::begins))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("nothing of");
    }

    @Test
    void aRunThatWasCutGoesOn() throws Exception {
        serve(VULNERABLE, "1.0");
        advisory("DEBIAN-CVE-2030-1", "1.1", "HIGH");
        ends = RunStatus.STALLED;

        var first = mend();
        ends = RunStatus.SUCCEEDED;
        var second = mend();

        assertThat(first.outcomes()).extracting(Outcome::kind).containsExactly(Outcome.Kind.POSTPONED);
        assertThat(second.outcomes()).extracting(Outcome::kind).containsExactly(Outcome.Kind.REBUILT);
        assertThat(shipped.getFirst().digest()).isEqualTo(shipped.getLast().digest());
    }

    @Test
    void aBaseThatDoesNotMendItIsSaidOnceAndBuildsNothing() throws Exception {
        serve(VULNERABLE, "1.0");
        advisory("DEBIAN-CVE-2030-1", "1.1", "HIGH");
        settles = "1.0";

        var first = mend();
        var second = mend();

        assertThat(first.outcomes()).singleElement().satisfies(each -> {
            assertThat(each.kind()).isEqualTo(Outcome.Kind.USELESS);
            assertThat(each.news()).isTrue();
        });
        assertThat(second.outcomes()).extracting(Outcome::news).containsExactly(false);
        assertThat(shipped).isEmpty();
    }

    @Test
    void whatHasNoFixOrNeedsAnEditIsToldItsOwnersOnce() throws Exception {
        serve(VULNERABLE, "1.0");
        advisory("DEBIAN-CVE-2030-1", "", "HIGH");
        advisory("GHSA-aaaa-bbbb-cccc", "Maven", "example:left", "2.0", "HIGH");

        var first = mend();
        var second = mend();

        assertThat(first.outcomes()).isEmpty();
        assertThat(first.alarms()).isTrue();
        assertThat(first.notices()).extracting(Mended.Notice::owners).containsOnly(List.of("ops"));
        assertThat(first.notices())
                .extracting(each -> each.affected().remedy().text())
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text).contains("stepzero vex draft DEBIAN-CVE-2030-1 pkg:deb/debian/moon"),
                        text -> assertThat(text).contains("needs an edit: update example:left to 2.0"));
        assertThat(second.notices()).isEmpty();
        assertThat(second.alarms()).isFalse();
    }

    @Test
    void whereTheProjectWantsToBeAskedItIsSaidOnce() throws Exception {
        commit = commit("app: %s\nenvironments: {production: {rebuild: manual}}\n".formatted(project));
        serve(VULNERABLE, "1.0");
        advisory("DEBIAN-CVE-2030-1", "1.1", "HIGH");

        var first = mend();
        var second = mend();

        assertThat(first.outcomes()).singleElement().satisfies(each -> {
            assertThat(each.kind()).isEqualTo(Outcome.Kind.BY_HAND);
            assertThat(each.text()).contains("stepzero rebuild %s --to production".formatted(project));
            assertThat(each.news()).isTrue();
        });
        assertThat(second.outcomes()).extracting(Outcome::news).containsExactly(false);
        assertThat(first.alarms()).isTrue();
        assertThat(second.alarms()).isFalse();
        assertThat(shipped).isEmpty();
        assertThat(ask().outcomes()).extracting(Outcome::kind).containsExactly(Outcome.Kind.REBUILT);
    }

    @Test
    void whatTheGateKnewOfOrLetsThroughStaysAsItIs() throws Exception {
        advisory("DEBIAN-CVE-2030-1", "1.1", "HIGH");
        told.tell(
                project,
                "production",
                List.of(new ToldVulnerabilities.Told(purl("moon", "1.0").toString(), "DEBIAN-CVE-2030-1")),
                Instant.now().minusSeconds(60));
        serve(VULNERABLE, "1.0");
        advisory("DEBIAN-CVE-2030-2", "1.1", "MODERATE");

        var mended = mend();

        assertThat(mended.outcomes()).isEmpty();
        assertThat(mended.notices())
                .extracting(each -> each.affected().advisory())
                .containsExactly("DEBIAN-CVE-2030-2");
    }

    @Test
    void aCommitThatNobodyHasAnyMoreIsNamed() throws Exception {
        commit = "0f".repeat(20);
        serve(VULNERABLE, "1.0");
        advisory("DEBIAN-CVE-2030-1", "1.1", "HIGH");

        var mended = mend();

        assertThat(mended.outcomes()).singleElement().satisfies(each -> {
            assertThat(each.kind()).isEqualTo(Outcome.Kind.NO_SOURCE);
            assertThat(each.text()).contains("stepzero rebuild DIR");
        });
    }

    @Test
    void anotherCommitThatWasCutOnItsWayInIsNotRunOver() throws Exception {
        serve(VULNERABLE, "1.0");
        advisory("DEBIAN-CVE-2030-1", "1.1", "HIGH");
        var other = deployments.release(project, "ab".repeat(20), MENDED, run("interrupted"));
        deployments.begin(other, specification(), "process", Kind.SHIP, Optional.empty());

        var mended = mend();

        assertThat(mended.outcomes()).singleElement().satisfies(each -> {
            assertThat(each.kind()).isEqualTo(Outcome.Kind.POSTPONED);
            assertThat(each.text()).contains("abababababab was on its way in");
        });
        assertThat(shipped).isEmpty();
    }

    private Mended mend() throws Exception {
        return ofThisProject(phoenix().mend(Optional.empty(), this::begins));
    }

    private Mended ask() throws Exception {
        return phoenix().mend(Optional.of(new MendRequest(project, Optional.of("production"))), this::begins);
    }

    /** Others share the tables. */
    private Mended ofThisProject(Mended mended) {
        return new Mended(
                mended.outcomes().stream()
                        .filter(each -> each.served().project().equals(project))
                        .toList(),
                mended.notices().stream()
                        .filter(each -> each.affected().project().equals(project))
                        .toList(),
                List.of());
    }

    private RunListener begins(ShipPlan plan, Deployments.Deployment served, Rebuild rebuild, List<String> more) {
        notes.addAll(more);
        return new RunListener() {};
    }

    private Phoenix phoenix() {
        var clones = new Clones(jdbi, Clock.systemUTC());
        clones.used(project, directory.resolve("clone"));
        return new Phoenix(
                deployments,
                new AffectedReleases(deployments, index, told, directory.resolve("vulnerabilities"), Clock.systemUTC()),
                () -> new Remedies(name -> Optional.of(offered)),
                clones,
                new RebuildLog(jdbi, Clock.systemUTC()),
                new PaperYard());
    }

    /** Reads commits, and ships on paper. */
    private final class PaperYard implements Yard {
        @Override
        public ShipPlan plan(ShipRequest request) {
            var repository = SourceRepository.around(request.directory());
            var found = repository.commit(request.revision().orElseThrow());
            return new ShipPlan(
                    repository,
                    found,
                    Planning.project(repository, found),
                    specification(),
                    new Site(Optional.empty(), "process", ""),
                    Purpose.SHIP,
                    TrustClass.TRUSTED,
                    RunOrigin.UNKNOWN,
                    Optional.empty(),
                    List.of());
        }

        @Override
        public RefreshedLock refresh(ShipPlan plan) {
            return new RefreshedLock(
                    "moon " + settles, List.of(new Contained("moon", settles, "amd64", Digest.of(new byte[] {3}))));
        }

        @Override
        public Shipped ship(ShipPlan plan, RunListener listener) {
            shipped.add(plan.rebuild().orElseThrow());
            var run = run(ends.resumable() ? "interrupted" : "succeeded");
            var key = new RunKey(project, "production", "process", plan.commit().id(), "p");
            listener.runStarted(new Run(run, key, Instant.now(), false), new Pipeline(List.of()));
            if (ends == RunStatus.SUCCEEDED) {
                serve(MENDED, settles);
                return new Shipped(run, ends, Optional.of("http://127.0.0.1:1"), List.of(), null);
            }
            return new Shipped(run, ends, Optional.empty(), List.of(), UserError.blocked("1 of 7 tests failed"));
        }
    }

    private long run(String status) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at)
                        values (:project, 'production', 'process', :commit, 'p', :status, now(), now())
                        returning id""")
                .bind("project", project)
                .bind("commit", commit)
                .bind("status", status)
                .mapTo(Long.class)
                .one());
    }

    private void serve(Digest image, String version) {
        var run = run("succeeded");
        var release = deployments.release(project, commit, image, run);
        index.record(release, Digest.of(new byte[] {8}), inventory(version), Severity.HIGH);
        var deployment = deployments.begin(release, specification(), "process", Kind.SHIP, Optional.of(run));
        deployments.serving(deployment, Colour.GREEN, "http://127.0.0.1:1");
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

    private static PackageUrl purl(String name, String version) {
        return PackageUrl.of("deb", "debian", name, version)
                .with("arch", "amd64")
                .with("distro", "debian-12");
    }

    private static Inventory inventory(String version) {
        var packages = new Inventory.Collector();
        packages.add(new Component(
                purl("moon", version),
                Scope.RUNTIME,
                false,
                List.of(new Place("/var/lib/dpkg/status.d/moon", 0, -1)),
                Optional.of(new SourcePackage("moon", version)),
                Optional.empty(),
                List.of()));
        packages.add(Component.of(
                PackageUrl.parse("pkg:maven/example/left@1.0"),
                Scope.RUNTIME,
                true,
                new Place("/app/left.jar", 0, -1)));
        return packages.inventory(Optional.of(new Distribution("debian", "12", "bookworm")));
    }

    private String commit(String settings) throws Exception {
        Files.writeString(directory.resolve("clone/stepzero.yaml"), settings);
        Files.writeString(directory.resolve("clone/pom.xml"), "<project/>");
        git.add().addFilepattern(".").call();
        return git.commit()
                .setMessage("Change settings")
                .setAuthor("Ann", "ann@example.org")
                .setCommitter("Ann", "ann@example.org")
                .setSign(false)
                .call()
                .name();
    }

    private void advisory(String id, String fixed, String severity) throws Exception {
        advisory(id, "Debian:12", "moon", fixed, severity);
    }

    private void advisory(String id, String ecosystem, String name, String fixed, String severity) throws Exception {
        var records = Files.createDirectories(directory.resolve("records"));
        var end = fixed.isEmpty() ? "" : ", {\"fixed\": \"%s\"}".formatted(fixed);
        Files.writeString(records.resolve(id + ".json"), """
                {"id": "%s", "modified": "2026-11-01T00:00:00Z", "summary": "Something is wrong",
                 "database_specific": {"severity": "%s"},
                 "affected": [{"package": {"ecosystem": "%s", "name": "%s"},
                   "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}%s]}]}]}
                """.formatted(id, severity, ecosystem, name, end));
        new DatabaseImport(directory.resolve("vulnerabilities"), Clock.systemUTC(), Limits.USUAL)
                .add(List.of(records.toString()), Optional.empty(), Optional.empty());
    }
}
