package dev.stepzero.ship.deploy.containers;

import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.containers.ContainerState;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Release;
import dev.stepzero.ship.deploy.Rollout;
import dev.stepzero.ship.deploy.Tiers;
import dev.stepzero.store.process.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/** An environment of a project of its own, which is gone with all its data in the end. */
final class TestEnvironment {
    static final Patience PATIENCE = new Patience(Clock.systemUTC());
    static final Duration LONG = Duration.ofSeconds(60);

    final ContainerEngine engine;
    final ContainerTarget target;
    final EnvironmentSpec spec;
    final Names names;
    /** What the rollouts said. */
    final List<String> said;

    private TestEnvironment(ContainerEngine engine, ContainerTarget target, EnvironmentSpec spec, List<String> said) {
        this.said = said;
        this.engine = engine;
        this.target = target;
        this.spec = spec;
        this.names = Names.of(spec);
    }

    static TestEnvironment of(ContainerEngine engine, TierImages images, Path home, boolean withDatabase)
            throws IOException {
        var database = new EnvironmentSpec.Database("answers", "answering", "answers_owner", "DB", List.of("migrate"));
        return new TestEnvironment(
                engine,
                new ContainerTarget(engine, images, Clock.systemUTC()),
                new EnvironmentSpec(
                        "test-%08x".formatted(ThreadLocalRandom.current().nextInt()),
                        "staging",
                        home.resolve("environment"),
                        new EnvironmentSpec.LoadBalancer("127.0.0.1", FreePort.find(new SecureRandom(), Set.of())),
                        application(2, LONG),
                        withDatabase ? Optional.of(database) : Optional.empty()),
                new CopyOnWriteArrayList<>());
    }

    /** The same environment as if it had been declared with another number of replicas. */
    TestEnvironment withReplicas(int replicas) {
        return with(application(replicas, spec.application().startTimeout()), spec.database());
    }

    /** The same environment as if it had been declared with less time for a release to become healthy. */
    TestEnvironment withPatience(int seconds) {
        return with(application(spec.application().replicas(), Duration.ofSeconds(seconds)), spec.database());
    }

    private static EnvironmentSpec.Application application(int replicas, Duration startTimeout) {
        return new EnvironmentSpec.Application(
                8080,
                "PORT",
                replicas,
                "/health",
                "/version",
                Map.of("GREETING", "hello"),
                List.of("API_TOKEN"),
                128,
                startTimeout);
    }

    /** The same environment as if it had been declared with another migration. */
    TestEnvironment withMigration(List<String> arguments) {
        return with(
                spec.application(),
                spec.database()
                        .map(database -> new EnvironmentSpec.Database(
                                database.name(),
                                database.role(),
                                database.owner(),
                                database.variablePrefix(),
                                arguments)));
    }

    private TestEnvironment with(EnvironmentSpec.Application application, Optional<EnvironmentSpec.Database> database) {
        return new TestEnvironment(
                engine,
                target,
                new EnvironmentSpec(
                        spec.project(), spec.name(), spec.home(), spec.loadBalancer(), application, database),
                said);
    }

    /** The running load balancer's own voice. */
    BalancerControl balancer() {
        return new BalancerControl(spec.home().resolve("containers/control"));
    }

    Tiers prepare() throws InterruptedException {
        return target.prepare(spec);
    }

    /** Takes the environment to a release as a run does it. */
    Colour ship(Release release) throws InterruptedException {
        return ship(release, Clock.systemUTC());
    }

    Colour ship(Release release, Clock clock) throws InterruptedException {
        var rollout = new Rollout(spec, prepare(), clock, said::add);
        var colour = rollout.advance(release);
        rollout.settle(release, colour);
        return colour;
    }

    HttpResponse<String> get(URI door, String path, String... headers) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(door.resolve(path)).timeout(LONG);
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    String read(URI door, String path) {
        try {
            return get(door, path).body();
        } catch (IOException e) {
            return String.valueOf(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return String.valueOf(e);
        }
    }

    String live(String path) throws IOException, InterruptedException {
        return get(prepare().live(), path).body();
    }

    /** Whether the live door comes to answer so. */
    boolean comesToAnswer(String path, String answer) throws InterruptedException {
        var live = prepare().live();
        return PATIENCE.until(LONG, () -> {
            try {
                return get(live, path).body().equals(answer);
            } catch (IOException e) {
                return false;
            }
        });
    }

    List<ContainerState> containers() throws InterruptedException {
        return engine.containers().list(names.labels());
    }

    /** What the engine's own program says. */
    String program(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(engine.podman() ? "podman" : "docker"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    void remove() throws InterruptedException {
        target.remove(spec, true);
    }
}
