package dev.stepzero.ship.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.MemoryTiers;
import dev.stepzero.ship.deploy.Release;
import dev.stepzero.ship.deploy.Target;
import dev.stepzero.ship.deploy.TestSpecification;
import dev.stepzero.ship.deploy.Tiers;
import dev.stepzero.ship.evidence.EvidenceReader;
import dev.stepzero.ship.evidence.PendingStatements;
import dev.stepzero.ship.publish.ImagePlaces;
import dev.stepzero.ship.publish.MemoryRegistry;
import dev.stepzero.ship.publish.Registry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestDatabase.class)
class ConfirmStepTest {
    @TempDir
    Path temporary;

    private final MemoryTiers tiers = new MemoryTiers();
    private final String project = "app-" + System.nanoTime();
    private Optional<UserError> trouble = Optional.empty();
    private MemoryRegistry registry;
    private TestRelease release;
    private Deployments deployments;
    private long deployment;
    private TestContext context;
    private ConfirmStep confirm;

    @BeforeEach
    void deploy(Jdbi jdbi) throws Exception {
        release = TestRelease.of(temporary, project);
        registry = new MemoryRegistry(true);
        deployments = new Deployments(jdbi, TestRelease.clock());
        var run = TestDatabase.run(jdbi, project, TestRelease.COMMIT);
        var number = deployments.release(project, TestRelease.COMMIT, release.image, run);
        var specification = TestSpecification.of(project, temporary);
        deployment = deployments.begin(number, specification, "process", Deployments.Kind.SHIP, Optional.of(run));
        var places = new ImagePlaces(jdbi);
        places.pushed(release.image, registry.repository());
        var statements = new StatementPublisher(
                release.layout.directory(),
                places,
                new PendingStatements(jdbi, TestRelease.clock()),
                release.ring,
                Map.of());
        confirm = new ConfirmStep(
                specification,
                new MemoryTarget(),
                deployments,
                statements,
                release.layout.directory(),
                TestRelease.clock());
        context = new TestContext(run, release.key())
                .with(Handover.IMAGE, new Handover.ImageFacts("" + release.image, 1, true))
                .with(Handover.SERVED, new Handover.Served("blue", deployment, "http://127.0.0.1:8080"));
    }

    @AfterEach
    void close() {
        tiers.close();
        registry.close();
    }

    private final class MemoryTarget implements Target {
        @Override
        public String name() {
            return "process";
        }

        @Override
        public List<String> weaknesses() {
            return List.of();
        }

        @Override
        public Tiers prepare(EnvironmentSpec environment) {
            trouble.ifPresent(error -> {
                throw error;
            });
            return tiers;
        }

        @Override
        public void remove(EnvironmentSpec environment, boolean withData) {}
    }

    private void serve(String version) {
        var what = new Release(project, TestRelease.COMMIT, release.image, release.layout.directory());
        tiers.answers(what, new MemoryTiers.Answers(200, version, version));
        tiers.start(what, Colour.BLUE);
        tiers.serve(Colour.BLUE);
    }

    @Test
    void theRegistryAloneTellsWhereAnImageWasDeployed() throws Exception {
        serve(TestRelease.COMMIT);

        confirm.run(context);

        var said = context.statement();
        assertThat(said.predicateType()).isEqualTo(PredicateType.DEPLOYMENT);
        assertThat(said.predicate().path("environment").asString()).isEqualTo("production");
        assertThat(said.predicate().path("kind").asString()).isEqualTo("ship");
        assertThat(said.predicate().path("deployedOn").asString()).isEqualTo("" + TestRelease.NOW);
        assertThat(said.predicate().path("result").asString()).isEqualTo("serving");
        var there = EvidenceReader.read(
                Registry.of(registry.repository(), Optional.empty()).reading(), release.image);
        assertThat(there.envelopes())
                .containsExactly(context.attested.getFirst().envelope());
    }

    @Test
    void aRegistryThatIsDownDoesNotFailADeploymentThatSucceeded() throws Exception {
        serve(TestRelease.COMMIT);
        registry.refuse(true);

        confirm.run(context);

        assertThat(context.get(Handover.CONFIRMED).address()).isEqualTo("http://127.0.0.1:8080");
        assertThat(deployments.find(deployment).orElseThrow().status()).isEqualTo("serving");
        assertThat(context.warnings)
                .singleElement()
                .asString()
                .contains("does not lie beside the image", "the next ship tries again");
    }

    @Test
    void aDeploymentThatFailsIsAttestedAsFailedAndToldToNobody() throws Exception {
        trouble = Optional.of(UserError.blocked("the balancer is gone"));

        assertThatThrownBy(() -> confirm.run(context)).isInstanceOf(UserError.class);

        assertThat(context.statement().predicate().path("result").asString()).isEqualTo("failed");
        assertThat(context.statement().predicate().path("reason").asString()).isEqualTo("the balancer is gone");
        assertThat(release.dossier().envelopes()).isEmpty();
    }
}
