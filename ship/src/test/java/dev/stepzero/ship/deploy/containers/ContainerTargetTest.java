package dev.stepzero.ship.deploy.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.containers.Attachment;
import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.containers.ContainerSpec;
import dev.stepzero.ship.containers.ContainerState;
import dev.stepzero.ship.containers.ImageId;
import dev.stepzero.ship.containers.TestEngine;
import dev.stepzero.ship.containers.TestImage;
import dev.stepzero.ship.deploy.Release;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One environment with all three tiers, in which a release serves before each test. */
class ContainerTargetTest {
    @TempDir
    static Path home;

    private static TestReleases releases;
    private static ContainerEngine engine;
    private static TestEnvironment environment;

    @BeforeAll
    static void deploy() throws Exception {
        engine = TestEngine.require(home);
        releases = TestReleases.require();
        environment = TestEnvironment.of(engine, releases.tiers(), home, true);
        environment.ship(releases.first());
    }

    @AfterAll
    static void remove() throws InterruptedException {
        if (environment != null) {
            environment.remove();
        }
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void theReplicasReachTheDatabaseEncryptedAsTheirOwnRole() throws Exception {
        assertThat(environment.live("/database")).isEqualTo("answering ssl=true");
    }

    @Test
    void theReplicasMayDoInTheDatabaseOnlyWhatTheMigrationGranted() throws Exception {
        assertThat(environment.live("/visit")).matches("\\d+");
        assertThat(environment.live("/forbidden")).contains("permission denied");
    }

    @Test
    void theDatabaseIsReachedFromTheApplicationTierOnly() throws Exception {
        var networks = TierNetworks.ensure(engine, environment.names, true);

        assertThat(connects(networks, networks.migration())).isTrue();
        assertThat(connects(networks, Attachment.to(networks.outer().name()))).isFalse();
        assertThat(connects(networks, Attachment.to(networks.application().name())))
                .isFalse();
        assertThat(environment.program("port", environment.names.part("database")))
                .isBlank();
    }

    @Test
    void aSwitchOfColoursLosesNoRequest() throws Exception {
        var next = serves(releases.first()) ? releases.second() : releases.first();

        try (var clients = new Clients(environment.prepare().live().resolve("/version"))) {
            environment.ship(next);
            assertThat(TestEnvironment.PATIENCE.until(TestEnvironment.LONG, () -> clients.count(next.commit()) > 200))
                    .isTrue();

            assertThat(clients.answers())
                    .containsOnlyKeys(
                            releases.first().commit(), releases.second().commit());
        }
    }

    @Test
    void aRequestUnderWayIsCompletedWhereItBegan() throws Exception {
        var before = environment.live("/version");
        var next = serves(releases.first()) ? releases.second() : releases.first();
        var tiers = environment.prepare();
        var slow = CompletableFuture.supplyAsync(() -> environment.read(tiers.live(), "/slow"));
        var colour = tiers.serving().orElseThrow();
        assertThat(TestEnvironment.PATIENCE.until(
                        TestEnvironment.LONG, () -> environment.balancer().underWay(colour) == 1))
                .isTrue();

        environment.ship(next);

        assertThat(slow.get()).isEqualTo(before);
        assertThat(environment.live("/version")).isEqualTo(next.commit());
    }

    @Test
    void aLoadBalancerThatStartsAgainServesTheSameColour() throws Exception {
        var commit = environment.live("/version");
        var colour = environment.prepare().serving();
        var balancer = environment.names.part("load-balancer");

        engine.containers().stop(balancer, Duration.ofSeconds(5));
        engine.containers().start(balancer);

        assertThat(environment.comesToAnswer("/version", commit)).isTrue();
        assertThat(environment.prepare().serving()).isEqualTo(colour);
    }

    @Test
    void aLoadBalancerThatIsGoneIsPutUpAgainWithTheSameColour() throws Exception {
        var commit = environment.live("/version");
        var colour = environment.prepare().serving();

        engine.containers().remove(environment.names.part("load-balancer"));

        assertThat(environment.prepare().serving()).isEqualTo(colour);
        assertThat(environment.comesToAnswer("/version", commit)).isTrue();
    }

    @Test
    void whatTheLoadBalancerSaysCountsAndNotTheFile() throws Exception {
        var tiers = environment.prepare();
        var colour = tiers.serving().orElseThrow();
        var map = environment.spec.home().resolve("containers/load-balancer/colours.map");
        Files.delete(map);
        Files.writeString(map, "live %s\n".formatted(colour.other().label()));

        assertThat(environment.prepare().serving()).contains(colour);
        assertThat(Files.readString(map)).contains("live " + colour.label());
    }

    @Test
    void theServiceStaysUpWhenAReplicaDies() throws Exception {
        var tiers = environment.prepare();
        var colour = tiers.serving().orElseThrow();
        var commit = environment.live("/version");

        engine.containers().signal(environment.names.replica(colour, 1), "KILL");
        var answers = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            answers.add(environment.live("/version"));
        }
        tiers.start(serves(releases.first()) ? releases.first() : releases.second(), colour);

        assertThat(answers).containsOnly(commit);
        assertThat(environment.comesToAnswer("/version", commit)).isTrue();
    }

    @Test
    void everythingMayBeAskedForTwice() throws Exception {
        var tiers = environment.prepare();
        var colour = tiers.serving().orElseThrow();
        var release = serves(releases.first()) ? releases.first() : releases.second();
        var before = environment.containers();

        var again = environment.prepare();
        assertThat(environment.containers()).isEqualTo(before);

        again.migrate(release);
        again.migrate(release);
        again.start(release, colour.other());
        again.start(release, colour.other());
        again.show(colour.other());
        again.show(colour.other());
        assertThat(again.running(colour.other())).contains(release.image());
        again.serve(colour);
        again.serve(colour);
        again.stop(colour.other());
        again.stop(colour.other());

        assertThat(again.running(colour.other())).isEmpty();
        assertThat(environment.containers()).isEqualTo(before);
        assertThat(environment.live("/version")).isEqualTo(release.commit());
    }

    @Test
    void anotherNumberOfReplicasReachesTheLoadBalancerWithoutARestart() throws Exception {
        environment.prepare();
        var shape = environment.balancer().shape();
        var before = environment.containers();

        environment.withReplicas(3).prepare();

        assertThat(environment.containers()).isEqualTo(before);
        assertThat(environment.balancer().shape()).isPresent().isNotEqualTo(shape);
    }

    @Test
    void noPasswordIsSeenInTheEngineNorInTheProcessList() throws Exception {
        var passwords = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(environment.spec.home().resolve("secrets"))) {
            for (var file : files) {
                passwords.add(Files.readString(file));
            }
        }
        var seen = new StringBuilder(environment.program("volume", "inspect", environment.names.part("database")));
        for (var container : environment.containers()) {
            seen.append(environment.program("inspect", container.name()));
            seen.append(environment.program("logs", container.name()));
        }
        seen.append(processes());

        assertThat(passwords).hasSize(3);
        assertThat(seen).contains("DB_PASSWORD_FILE", "haproxy.cfg", "ready to accept connections");
        assertThat(seen.toString()).doesNotContain(passwords);
    }

    @Test
    void aSecretReachesTheReplicasAsAFile() throws Exception {
        var secret = Files.readString(environment.spec.home().resolve("secrets/API_TOKEN"));

        assertThat(environment.live("/secret")).isEqualTo(secret).hasSize(43);
    }

    @Test
    void theReplicasLearnWhoAsksFromTheLoadBalancerAlone() throws Exception {
        var headers = environment
                .get(
                        environment.prepare().live(),
                        "/headers",
                        "X-Forwarded-For",
                        "6.6.6.6",
                        "X-Forwarded-Host",
                        "evil.example",
                        "Forwarded",
                        "for=6.6.6.6",
                        "X-Real-IP",
                        "6.6.6.6")
                .body();

        assertThat(headers).doesNotContain("6.6.6.6", "evil").contains("x-forwarded-for=[", "x-forwarded-proto=[http]");
    }

    @Test
    void bothReplicasTakePart() throws Exception {
        var live = environment.prepare().live();
        // After a test that killed one, the load balancer takes it in again once it has found it well.
        var seen = new HashSet<String>();
        TestEnvironment.PATIENCE.until(TestEnvironment.LONG, () -> {
            seen.add(environment.read(live, "/host"));
            return seen.size() == 2;
        });

        var hosts = new ArrayList<String>();
        for (int i = 0; i < 10; i++) {
            hosts.add(environment.get(live, "/host").body());
        }

        assertThat(Set.copyOf(hosts)).hasSize(2);
    }

    @Test
    void aMigrationThatFailsBlocksWithItsLastLines() throws Exception {
        var failing = environment.withMigration(List.of("explode"));

        assertThatThrownBy(() -> failing.prepare().migrate(releases.second()))
                .isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.status()).isEqualTo(ExitStatus.BLOCKED);
                    assertThat(error.what()).contains("ended with status 3", "no such command: explode");
                });
        assertThat(environment.containers())
                .extracting(ContainerState::name)
                .doesNotContain(environment.names.part("migration"));
    }

    @Test
    void theDataOutlivesEverythingElse() throws Exception {
        var visit = Long.parseLong(environment.live("/visit"));

        environment.target.remove(environment.spec, false);
        assertThat(environment.containers()).isEmpty();
        environment.ship(releases.first());

        assertThat(Long.parseLong(environment.live("/visit"))).isGreaterThan(visit);
    }

    private static boolean serves(Release release) throws Exception {
        return environment.live("/version").equals(release.commit());
    }

    private static boolean connects(TierNetworks networks, Attachment from) throws Exception {
        var name = environment.names.part("probe");
        engine.containers()
                .create(ContainerSpec.builder(name, busybox(), environment.names.labels())
                        .command(List.of("nc", "-w", "1", networks.databaseAddress(), "5432", "-e", "true"))
                        .network(from)
                        .build());
        try {
            engine.containers().start(name);
            var ended = engine.containers().await(name, TestEnvironment.LONG);
            return ended.orElseThrow().exitCode() == 0;
        } finally {
            engine.containers().remove(name);
        }
    }

    private static ImageId busybox() throws Exception {
        TestEngine.requireProgram(Path.of("/bin/busybox"));
        var layout = home.resolve("busybox");
        return engine.images().load(layout, TestImage.busybox().write(layout));
    }

    /** The arguments and variables of all processes of this host. */
    private static String processes() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> Stream.of("cmdline", "environ")
                        .map(file -> Path.of("/proc", Long.toString(process.pid()), file)))
                .map(ContainerTargetTest::readable)
                .collect(Collectors.joining("\n"));
    }

    private static String readable(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
