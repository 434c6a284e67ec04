package dev.stepzero.ship.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Severity;
import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.affected.AffectedReleases;
import dev.stepzero.ship.affected.ComponentIndex;
import dev.stepzero.ship.affected.ToldVulnerabilities;
import dev.stepzero.ship.decisions.KeptLedger;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Target;
import dev.stepzero.ship.deploy.Tiers;
import dev.stepzero.ship.engine.Engine;
import dev.stepzero.ship.engine.Pipeline;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.engine.RunKey;
import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.engine.RunResult;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.phoenix.Rebuild;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a rebuild may replace; the rest of a deployment is RolloutTest's and AdmissionTest's. */
@ExtendWith(TestDatabase.class)
class DeployStepTest {
    private static final Digest BEFORE = Digest.of(new byte[] {1});
    private static final Digest MEANWHILE = Digest.of(new byte[] {2});

    @TempDir
    private Path directory;

    private final Jdbi jdbi;
    private final Deployments deployments;
    private final String project = "app-" + UUID.randomUUID().toString().substring(0, 8);

    DeployStepTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.deployments = new Deployments(jdbi, Clock.systemUTC());
    }

    @Test
    void aReleaseThatCameInMeanwhileStays() {
        serve(MEANWHILE);

        var result = replace(BEFORE);

        assertThat(result.status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(result.failure().orElseThrow())
                .hasMessageContaining("sha256:" + BEFORE.shortForm())
                .hasMessageContaining("does not serve any more");
        assertThat(deployments.history(project, "production"))
                .singleElement()
                .satisfies(each -> assertThat(each.status()).isEqualTo("serving"));
    }

    @Test
    void anEnvironmentThatWasTakenAwayMeanwhileDoesNotComeBack() {
        serve(BEFORE);
        deployments.removed(project, "production");

        var result = replace(BEFORE);

        assertThat(result.status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(result.failure().orElseThrow()).hasMessageContaining("does not serve any more");
    }

    private void serve(Digest image) {
        var run = jdbi.withHandle(handle -> handle.createQuery("""
                        insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at)
                        values (:project, 'production', 'paper', 'c', 'p', 'succeeded', now(), now()) returning id""")
                .bind("project", project)
                .mapTo(Long.class)
                .one());
        var release = deployments.release(project, "c", image, run);
        var deployment = deployments.begin(release, specification(), "paper", Deployments.Kind.SHIP, Optional.of(run));
        deployments.serving(deployment, Colour.BLUE, "http://127.0.0.1:1");
    }

    private RunResult replace(Digest image) {
        var index = new ComponentIndex(jdbi);
        var affected = new AffectedReleases(
                deployments, index, new ToldVulnerabilities(jdbi), directory.resolve("none"), Clock.systemUTC());
        var step = new DeployStep(
                specification(),
                new Nowhere(),
                deployments,
                new Newcomers(index, affected, directory, Severity.HIGH),
                directory,
                KeyRing.in(directory.resolve("keys"), Clock.systemUTC()),
                new KeptLedger().decisions(Clock.systemUTC()),
                new RunSecrets(
                        () -> {
                            throw new AssertionError("nothing here needs a secret");
                        },
                        project,
                        "production",
                        TrustClass.TRUSTED),
                Optional.of(new Rebuild("lock", image, List.of())),
                Clock.systemUTC());
        var engine = new Engine(
                new RunJournal(jdbi, Clock.systemUTC()),
                (subject, name, type, predicate) -> new SignedEvidence(subject, type, "{}"));
        var key = new RunKey(project, "production", "paper", "c", "p");
        return engine.run(key, new Pipeline(List.of(new Before(), step)), new RunListener() {});
    }

    private EnvironmentSpec specification() {
        return new EnvironmentSpec(
                project,
                "production",
                directory,
                new EnvironmentSpec.LoadBalancer("127.0.0.1", 1),
                new EnvironmentSpec.Application(
                        1, "PORT", 2, "/health", "/version", Map.of(), List.of(), 64, Duration.ofSeconds(30)),
                Optional.empty());
    }

    /** Gives what a deployment needs. */
    private static final class Before implements Step {
        @Override
        public String name() {
            return "before";
        }

        @Override
        public Stage stage() {
            return Stage.BUILD;
        }

        @Override
        public Set<Slot<?>> gives() {
            return Set.of(Handover.RELEASE, Handover.IMAGE, Handover.SBOM, Handover.TIERS);
        }

        @Override
        public void run(StepContext context) {
            context.give(Handover.RELEASE, new Handover.Published(1, "here"));
            context.give(Handover.IMAGE, new Handover.ImageFacts(MEANWHILE.toString(), 1, false));
            context.give(Handover.SBOM, new Handover.Sbom(MEANWHILE.toString()));
            context.give(Handover.TIERS, new Handover.TierImages("", ""));
        }
    }

    /** A target that nothing may reach. */
    private static final class Nowhere implements Target {
        @Override
        public String name() {
            return "paper";
        }

        @Override
        public List<String> weaknesses() {
            return List.of();
        }

        @Override
        public Tiers prepare(EnvironmentSpec environment) {
            throw new AssertionError("nothing may be started");
        }

        @Override
        public void remove(EnvironmentSpec environment, boolean withData) {
            throw new AssertionError("nothing may be removed");
        }
    }
}
