package dev.stepzero.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Home;
import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.core.egress.EgressGuard;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.RunKey;
import dev.stepzero.ship.git.FetchPolicy;
import dev.stepzero.ship.git.GitCredentials;
import dev.stepzero.ship.git.Mirrors;
import dev.stepzero.ship.git.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PlanFromMirrorTest {
    private static final String TOPIC = "refs/heads/topic";

    private final Path directory;
    private final Home home;
    private final TestRepository origin;
    private ProjectSettings settings = new ProjectSettings("", Optional.empty(), true);

    PlanFromMirrorTest(@TempDir Path directory) throws Exception {
        this.directory = directory.toRealPath();
        this.home = new Home(this.directory.resolve("home"));
        this.origin = TestRepository.in(this.directory.resolve("origin"));
        origin.write("go.mod", "module shop\n\ngo 1.24\n");
    }

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void aCommitOfTheProtectedBranchIsShippedWithoutAWorkTree() throws Exception {
        var id = origin.write("stepzero.yaml", "app: shop\ntest: {run: go test ./...}\n")
                .commit("First");

        try (var plan = plan(ship(id))) {
            assertThat(plan.commit().id()).isEqualTo(id);
            assertThat(plan.project().plan().test()).isEqualTo("go test ./...");
            assertThat(plan.environment().name()).isEqualTo("production");
            assertThat(plan.origin().requestedBy()).isEqualTo("ann");
            assertThat(plan.trust()).isEqualTo(TrustClass.TRUSTED);
        }
    }

    @Test
    void whatJudgesAChangeIsReadFromTheProtectedBranchAndWhatBuildsItFromTheCommit() throws Exception {
        origin.write(
                        "stepzero.yaml",
                        "gate: {failOn: medium}\nenvironments: {production: {application: {secrets: [KEY]}}}\n")
                .commit("First");
        var id = propose("""
                test: {run: "true"}
                gate: {failOn: critical}
                publish: {registry: evil.example.org/shop}
                waivers:
                  - {rule: "*", owner: mallory, reason: because, until: 2030-01-01}
                environments: {production: {application: {secrets: [KEY, MORE]}}}
                """);

        try (var plan = plan(verify(id, TrustClass.INTERNAL))) {
            assertThat(plan.project().plan().test()).isEqualTo("true");
            assertThat(plan.project().gate().failOn()).isEqualTo(Severity.MEDIUM);
            assertThat(plan.project().waivers()).isEmpty();
            assertThat(plan.project().registry()).isEmpty();
            assertThat(plan.environment().application().secrets()).containsExactly("KEY");
        }
    }

    @Test
    void waiversOfAFileOfTheirOwnComeFromTheProtectedBranchToo() throws Exception {
        origin.commit("First");
        origin.git().checkout().setCreateBranch(true).setName("topic").call();
        var id = origin.write(
                        "stepzero-waivers.yaml",
                        "waivers:\n  - {rule: \"*\", owner: mallory, reason: because, until: 2030-01-01}\n")
                .commit("Accept everything");

        try (var plan = plan(verify(id, TrustClass.FOREIGN))) {
            assertThat(plan.project().waivers()).isEmpty();
        }
    }

    @Test
    void theServersSettingsMakeAGateStricterAndNeverMilder() throws Exception {
        var id = origin.write("stepzero.yaml", "gate: {failOn: high}\n").commit("First");

        settings = new ProjectSettings("", Optional.of(Severity.LOW), true);
        try (var plan = plan(ship(id))) {
            assertThat(plan.project().gate().failOn()).isEqualTo(Severity.LOW);
        }
        settings = new ProjectSettings("", Optional.of(Severity.CRITICAL), true);
        try (var plan = plan(ship(id))) {
            assertThat(plan.project().gate().failOn()).isEqualTo(Severity.HIGH);
        }
    }

    @Test
    void aCommitOfAnotherBranchIsNotShippedWhateverTheRequestSays() throws Exception {
        origin.commit("First");
        var id = propose("test: {run: \"true\"}\n");

        assertThatThrownBy(() -> plan(request(Purpose.SHIP, TrustClass.TRUSTED, TOPIC, id)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not on the protected branch main");
        assertThatThrownBy(() -> plan(ship(id)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not in the history of refs/heads/main");
        assertThatThrownBy(() -> request(Purpose.SHIP, TrustClass.INTERNAL, TOPIC, id))
                .isInstanceOf(UserError.class);
    }

    @Test
    void aCommitCannotTakeAnotherProjectsName() throws Exception {
        var id = origin.write("stepzero.yaml", "app: payments\n").commit("First");

        assertThatThrownBy(() -> plan(ship(id))).isInstanceOf(UserError.class).hasMessageContaining("'payments'");
    }

    @Test
    void foreignCommandsReachNoNetworkOnceEverythingIsFetched() throws Exception {
        origin.commit("First");
        var id = propose("test: {network: allowed}\nsteps: {lint: {run: curl example.org, network: allowed}}\n");

        try (var plan = plan(verify(id, TrustClass.FOREIGN))) {
            assertThat(plan.project().test().network()).isFalse();
            assertThat(plan.project().steps()).noneMatch(own -> own.network());
        }
        try (var plan = plan(verify(id, TrustClass.INTERNAL))) {
            assertThat(plan.project().test().network()).isTrue();
        }
    }

    @Test
    void foreignCommitsRunInContainersUnlessTheServerSaysOtherwise() throws Exception {
        origin.commit("First");
        var id = propose("test: {run: \"true\"}\n");
        settings = ProjectSettings.DEFAULTS;

        assertThatThrownBy(() -> plan(verify(id, TrustClass.FOREIGN)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no container engine answers");
        plan(verify(id, TrustClass.INTERNAL)).close();
    }

    @Test
    void runsOfDifferentTrustShareNeitherCacheNorRegistryNorKeys() throws Exception {
        var trusted = Quarters.of(home, new RunKey("shop", "production", "process", "c", "p"));
        var internal = quarters(TrustClass.INTERNAL, "refs/heads/a");
        var foreign = quarters(TrustClass.FOREIGN, "refs/pull/1/head");
        var otherForeign = quarters(TrustClass.FOREIGN, "refs/pull/2/head");

        var all = List.of(trusted, internal, foreign);
        assertThat(all).extracting(each -> real(each.home().cache())).doesNotHaveDuplicates();
        assertThat(all).extracting(each -> each.home().registry()).doesNotHaveDuplicates();
        assertThat(all).extracting(each -> real(each.home().keys())).doesNotHaveDuplicates();
        assertThat(foreign.dependencies()).isNotEqualTo(otherForeign.dependencies());
        assertThat(trusted.home()).isEqualTo(home);
    }

    @Test
    void whatAnUntrustedRunMadeGoesAwayWithItButForItsCache() throws Exception {
        var internal = quarters(TrustClass.INTERNAL, "refs/heads/a");
        Files.createDirectories(internal.home().registry());
        var kept = Files.writeString(internal.home().cache().resolve("kept"), "");
        var again = quarters(TrustClass.INTERNAL, "refs/heads/a");

        internal.leave();

        assertThat(again).isEqualTo(internal);
        assertThat(internal.home().root()).doesNotExist();
        assertThat(home.root().resolve("untrusted/internal/cache").resolve(kept.getFileName()))
                .exists();
    }

    private Quarters quarters(TrustClass trust, String ref) {
        return Quarters.of(home, RunKey.verifying("shop", "process", "c", "p", trust, ref));
    }

    private static Path real(Path path) {
        try {
            return Files.createDirectories(path).toRealPath();
        } catch (java.nio.file.FileAlreadyExistsException e) {
            return path.toAbsolutePath();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String propose(String file) throws Exception {
        origin.git().checkout().setCreateBranch(true).setName("topic").call();
        return origin.write("stepzero.yaml", file).commit("Proposed");
    }

    private CommitRequest ship(String id) {
        return request(Purpose.SHIP, TrustClass.TRUSTED, "refs/heads/main", id);
    }

    private CommitRequest verify(String id, TrustClass trust) {
        return request(Purpose.VERIFY, trust, TOPIC, id);
    }

    private CommitRequest request(Purpose purpose, TrustClass trust, String ref, String id) {
        var url = directory.resolve("origin/.git").toUri().toString();
        var project = RegisteredProject.of("shop", url, "github", "main", List.of("production"), settings, "ann");
        var environment = purpose == Purpose.SHIP ? "production" : "";
        return new CommitRequest(project, purpose, trust, environment, ref, Optional.empty(), id, "ann");
    }

    private ShipPlan plan(CommitRequest request) throws InterruptedException {
        var policy = new FetchPolicy(
                Optional.of(directory), EgressGuard.allowing(Set.of()), 1 << 20, Duration.ofSeconds(20));
        var mirrors = new Mirrors(home.root().resolve("mirrors"), policy, GitCredentials.NONE);
        var mirror = mirrors.of("shop", request.project().cloneUrl());
        return new Planning(home, asked -> Site.of(Optional.empty(), "none is installed", Optional.of("process")))
                .plan(request, mirror);
    }
}
