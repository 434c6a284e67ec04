package dev.stepzero.ship.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Digest;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import dev.stepzero.ship.deploy.Deployments.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class DeploymentsTest {
    private static final Digest IMAGE = Digest.of(new byte[] {1});
    private static final Digest REBUILT = Digest.of(new byte[] {2});

    private final Jdbi jdbi;
    private final Deployments deployments;
    private String project = "";

    DeploymentsTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.deployments = new Deployments(jdbi, new TickingClock(Duration.ofSeconds(1)));
    }

    @BeforeEach
    void nameTheProjectAfterTheTest(TestInfo test) {
        project = test.getDisplayName() + System.nanoTime();
    }

    @Test
    void theSameImageOfTheSameCommitIsTheSameRelease() {
        var first = deployments.release(project, "c1", IMAGE, run());
        var again = deployments.release(project, "c1", IMAGE, run());
        var rebuilt = deployments.release(project, "c1", REBUILT, run());

        assertThat(again).isEqualTo(first);
        assertThat(rebuilt).isNotEqualTo(first);
    }

    @Test
    void aDeploymentGoesFromStartingToServing() {
        var id = begin(IMAGE, run());
        var starting = latest();

        deployments.serving(id, Colour.GREEN, "http://127.0.0.1:8080");

        assertThat(starting.status()).isEqualTo("starting");
        var serving = latest();
        assertThat(serving.status()).isEqualTo("serving");
        assertThat(serving.colour()).isEqualTo("green");
        assertThat(serving.address()).isEqualTo("http://127.0.0.1:8080");
        assertThat(serving.image()).isEqualTo(IMAGE);
        assertThat(serving.kind()).isEqualTo("ship");
        assertThat(serving.endedAt()).isNull();
        assertThat(deployments.serving()).contains(serving);
    }

    @Test
    void whatServedBeforeIsReplaced() {
        deployments.serving(begin(IMAGE, run()), Colour.BLUE, "a");
        deployments.serving(begin(REBUILT, run()), Colour.GREEN, "a");

        var history = deployments.history(project, "production");

        assertThat(history).extracting(Deployment::status).containsExactly("serving", "replaced");
        assertThat(history.get(1).endedAt()).isNotNull();
    }

    @Test
    void anotherProjectAndAnotherEnvironmentServeOn() {
        deployments.serving(begin(IMAGE, run()), Colour.BLUE, "a");
        var release = deployments.release(project, "c1", IMAGE, run());
        var staging = deployments.begin(release, specification("staging"), "process", Kind.SHIP, Optional.of(run()));
        var stranger = deployments.release(project + "2", "c1", IMAGE, run());
        var strangers =
                deployments.begin(stranger, specification("production"), "process", Kind.SHIP, Optional.of(run()));

        deployments.serving(staging, Colour.BLUE, "a");
        deployments.serving(strangers, Colour.BLUE, "a");

        assertThat(latest().status()).isEqualTo("serving");
        assertThat(deployments.serving())
                .filteredOn(deployment -> deployment.project().startsWith(project))
                .extracting(deployment -> deployment.project().substring(project.length()) + deployment.environment())
                .containsExactly("production", "staging", "2production");
    }

    @Test
    void aRunThatIsRepeatedGoesOnWithItsOwnDeployment() {
        var run = run();
        var first = begin(IMAGE, run);
        deployments.failed(first, "cut");

        var again = begin(IMAGE, run);
        deployments.serving(again, Colour.BLUE, "a");
        deployments.serving(again, Colour.BLUE, "a");

        assertThat(again).isEqualTo(first);
        assertThat(deployments.history(project, "production")).singleElement().satisfies(deployment -> {
            assertThat(deployment.status()).isEqualTo("serving");
            assertThat(deployment.endedAt()).isNull();
            assertThat(deployment.reason()).isNull();
        });
    }

    @Test
    void aRunThatBuiltAnotherImageWhenItWasRepeatedDeploysThatOne() {
        var run = run();
        begin(IMAGE, run);

        begin(REBUILT, run);

        assertThat(latest().image()).isEqualTo(REBUILT);
    }

    @Test
    void rollbacksHaveNoRunAndMayBeMany() {
        var release = deployments.release(project, "c1", IMAGE, run());

        var first = deployments.begin(release, specification("production"), "process", Kind.ROLLBACK, Optional.empty());
        var second =
                deployments.begin(release, specification("production"), "process", Kind.ROLLBACK, Optional.empty());

        assertThat(second).isNotEqualTo(first);
        assertThat(latest().kind()).isEqualTo("rollback");
    }

    @Test
    void aFailedDeploymentLeavesServingWhatServed() {
        deployments.serving(begin(IMAGE, run()), Colour.BLUE, "a");

        deployments.failed(begin(REBUILT, run()), "it says \0 500");

        var history = deployments.history(project, "production");
        assertThat(history).extracting(Deployment::status).containsExactly("failed", "serving");
        assertThat(history.getFirst().reason()).isEqualTo("it says \uFFFD 500");
    }

    @Test
    void aDeploymentThatFailsAfterItServedGivesItsPlaceBack() {
        deployments.failed(begin(IMAGE, run()), "never served");
        deployments.serving(begin(IMAGE, run()), Colour.BLUE, "a");
        deployments.serving(begin(IMAGE, run()), Colour.GREEN, "a");
        var id = begin(REBUILT, run());
        deployments.serving(id, Colour.BLUE, "a");

        deployments.failed(id, "wrong under the public address");
        deployments.failed(id, "told twice");

        var history = deployments.history(project, "production");
        assertThat(history).extracting(Deployment::status).containsExactly("failed", "serving", "replaced", "failed");
        assertThat(history.get(1).endedAt()).isNull();
    }

    @Test
    void aDeploymentThatWasCutHasFailedOnceAnotherServes() {
        var cut = begin(IMAGE, run());

        deployments.serving(begin(REBUILT, run()), Colour.BLUE, "a");

        assertThat(deployments.history(project, "production"))
                .filteredOn(deployment -> deployment.id() == cut)
                .singleElement()
                .satisfies(deployment -> assertThat(deployment.status()).isEqualTo("failed"))
                .satisfies(deployment -> assertThat(deployment.endedAt()).isNotNull());
    }

    @Test
    void nothingServesInAnEnvironmentThatWasTakenAway() {
        deployments.serving(begin(IMAGE, run()), Colour.BLUE, "a");
        deployments.serving(begin(REBUILT, run()), Colour.GREEN, "a");

        deployments.removed(project, "production");

        assertThat(deployments.history(project, "production"))
                .extracting(Deployment::status)
                .containsExactly("removed", "replaced");
        assertThat(deployments.serving())
                .noneMatch(deployment -> deployment.project().equals(project));
    }

    @Test
    void theDeclarationComesBackAsItWas() {
        var variables = new LinkedHashMap<String, String>();
        variables.put("Z", "\"quoted\" ü");
        variables.put("A", "");
        var specification = new EnvironmentSpec(
                project,
                "production",
                Path.of("/var/lib/a b"),
                new EnvironmentSpec.LoadBalancer("::1", 80),
                new EnvironmentSpec.Application(
                        1, "PORT", 2, "/h", "/v", variables, List.of("SECRET"), 64, Duration.ofMinutes(90)),
                Optional.of(new EnvironmentSpec.Database("d", "r", "o", "P", List.of("migrate"))));
        var release = deployments.release(project, "c1", IMAGE, run());

        deployments.begin(release, specification, "process", Kind.SHIP, Optional.of(run()));

        assertThat(deployments.declared(latest())).isEqualTo(specification);
    }

    @Test
    void theHistoryIsNewestFirst() {
        var first = begin(IMAGE, run());
        var second = begin(IMAGE, run());

        assertThat(deployments.history(project, "production"))
                .extracting(Deployment::id)
                .containsExactly(second, first);
        assertThat(deployments.history(project, "nowhere")).isEmpty();
    }

    private Deployment latest() {
        return deployments.history(project, "production").getFirst();
    }

    private long begin(Digest image, long run) {
        var release = deployments.release(project, "c1", image, run);
        return deployments.begin(release, specification("production"), "process", Kind.SHIP, Optional.of(run));
    }

    private long run() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at)
                        values (:project, 'production', 'process', 'c1', 'p', 'succeeded', now(), now()) returning id""")
                .bind("project", project)
                .mapTo(Long.class)
                .one());
    }

    private EnvironmentSpec specification(String environment) {
        return new EnvironmentSpec(
                project,
                environment,
                Path.of("/home"),
                new EnvironmentSpec.LoadBalancer("127.0.0.1", 1),
                new EnvironmentSpec.Application(
                        1, "PORT", 2, "/health", "/version", Map.of(), List.of(), 64, Duration.ofSeconds(30)),
                Optional.empty());
    }
}
