package dev.stepzero.ship.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Release;
import dev.stepzero.ship.deploy.Rollout;
import dev.stepzero.ship.deploy.Tiers;
import dev.stepzero.store.process.Detached;
import dev.stepzero.store.process.FreePort;
import dev.stepzero.store.process.Unprivileged;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTargetTest {
    private static final String FIRST = "1111111111111111111111111111111111111111";
    private static final String SECOND = "2222222222222222222222222222222222222222";

    @TempDir
    Path directory;

    private final ProcessTarget target = new ProcessTarget();
    private final HttpClient client = HttpClient.newHttpClient();
    private EnvironmentSpec environment;

    @BeforeEach
    void anEnvironment() {
        environment = environment(directory.resolve("home"), FreePort.find(new java.util.Random(), Set.of()));
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        client.close();
        target.remove(environment, true);
    }

    static EnvironmentSpec environment(Path home, int port) {
        return new EnvironmentSpec(
                "sample",
                "test",
                home,
                new EnvironmentSpec.LoadBalancer("127.0.0.1", port),
                new EnvironmentSpec.Application(
                        8080,
                        "SAMPLE_PORT",
                        2,
                        "/",
                        "/",
                        Map.of("GREETING", "hello world"),
                        List.of("cookie-key"),
                        64,
                        Duration.ofSeconds(30)),
                Optional.empty());
    }

    private static EnvironmentSpec withDatabase(EnvironmentSpec plain) {
        return new EnvironmentSpec(
                plain.project(),
                plain.name(),
                plain.home(),
                plain.loadBalancer(),
                plain.application(),
                Optional.of(new EnvironmentSpec.Database(
                        "books", "application", "owner", "SAMPLE_DB", List.of("migrate"))));
    }

    private Release release(String commit) throws IOException {
        return SampleImage.of(directory.resolve("layout-" + commit), commit);
    }

    @Test
    void aSwitchUnderTwentyClientsLosesNoRequest() throws Exception {
        var first = release(FIRST);
        var second = release(SECOND);
        var tiers = target.prepare(environment);
        deploy(tiers, first);
        var failures = new ConcurrentLinkedQueue<String>();
        var answered = new AtomicInteger();
        var seen = java.util.concurrent.ConcurrentHashMap.<String>newKeySet();
        var over = new AtomicBoolean();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var number = 0; number < 20; number++) {
                var keepsConnection = number % 2 == 0;
                clients.execute(() -> {
                    while (!over.get()) {
                        request(tiers.live(), keepsConnection, failures).ifPresent(seen::add);
                        answered.incrementAndGet();
                    }
                });
            }
            deploy(tiers, second);
            await("the second release answers", () -> seen.contains(SECOND));
            deploy(tiers, first);
            over.set(true);
        }

        assertThat(failures).isEmpty();
        assertThat(seen).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(answered.get()).isGreaterThan(100);
        System.out.println("requests during two switches: " + answered);
    }

    private Optional<String> request(URI live, boolean keepsConnection, ConcurrentLinkedQueue<String> failures) {
        try {
            if (keepsConnection) {
                var answer = client.send(HttpRequest.newBuilder(live).build(), BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    failures.add("status " + answer.statusCode());
                }
                return Optional.of(answer.body());
            }
            try (var socket = new Socket(live.getHost(), live.getPort())) {
                socket.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                if (!answer.startsWith("HTTP/1.1 200")) {
                    failures.add(answer);
                }
                return Optional.of(answer.substring(answer.length() - 40));
            }
        } catch (IOException e) {
            failures.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    @Test
    void aRequestUnderWayIsCompletedBeforeItsColourStops() throws Exception {
        var tiers = target.prepare(environment);
        deploy(tiers, release(FIRST));
        var slow = client.sendAsync(
                HttpRequest.newBuilder(tiers.live().resolve("/slow")).build(), BodyHandlers.ofString());
        await("the slow request is under way", () -> underWay() > 0);

        deploy(tiers, release(SECOND));

        assertThat(slow.get().body()).isEqualTo(FIRST);
        assertThat(get(tiers.live())).isEqualTo(SECOND);
    }

    @Test
    void theTrafficGoesOnWhenAReplicaIsKilled() throws Exception {
        var tiers = target.prepare(environment);
        deploy(tiers, release(FIRST));
        var pids = new HashSet<String>();
        await("both replicas answer", () -> {
            pids.add(get(tiers.live().resolve("/pid")));
            return pids.size() == 2;
        });
        var victim = pids.iterator().next();
        ProcessHandle.of(Long.parseLong(victim)).orElseThrow().destroyForcibly();

        var routes = new ProxyFiles(environment.home().resolve("proxy")).routes();
        await("its port is closed", () -> Balancer.ports(routes).stream().anyMatch(FreePort::isFree));

        assertThat(tiers.running(Colour.BLUE)).isEmpty();

        for (var turn = 0; turn < 20; turn++) {
            var echo = client.send(post(tiers.live().resolve("/echo"), "said once"), BodyHandlers.ofString());
            assertThat(echo.body()).isEqualTo("said once");
            assertThat(get(tiers.live())).isEqualTo(FIRST);
            assertThat(get(tiers.live().resolve("/pid"))).isNotEqualTo(victim);
        }
    }

    @Test
    void aKilledLoadBalancerComesBackAsItWas() throws Exception {
        var tiers = target.prepare(environment);
        deploy(tiers, release(FIRST));
        var killed = loadBalancer();
        killed.destroyForcibly();
        await(
                "it is dead",
                () -> Detached.named("proxy", environment.home().resolve("proxy"))
                        .running()
                        .isEmpty());

        var again = target.prepare(environment);

        assertThat(again.serving()).contains(Colour.BLUE);
        assertThat(again.live()).isEqualTo(tiers.live());
        assertThat(get(again.live())).isEqualTo(FIRST);
        assertThat(loadBalancer().pid()).isNotEqualTo(killed.pid());
    }

    @Test
    void preparingAgainChangesNothing() throws Exception {
        target.prepare(environment);
        var before = loadBalancer().pid();

        var tiers = target.prepare(environment);

        assertThat(loadBalancer().pid()).isEqualTo(before);
        assertThat(tiers.serving()).isEmpty();
        assertThat(tiers.running(Colour.BLUE)).isEmpty();
    }

    @Test
    void everythingOutlivesTheCommandThatStartedIt() throws Exception {
        var release = release(FIRST);

        run(startEnvironment(release));

        await("it answers", () -> request(live()).statusCode() == 200);
        assertThat(target.prepare(environment).running(Colour.BLUE)).contains(release.image());
    }

    @Test
    void anOrdinaryUserDeploysToo() throws Exception {
        var user = Unprivileged.as(12_345);
        assumeTrue(user.isAnother(), "only root can become an ordinary user for this test");
        var release = release(FIRST);
        user.give(directory);

        run(user.command(startEnvironment(release), Map.of(), needs()));

        await("it answers", () -> request(live()).statusCode() == 200);
        var owner = Files.getAttribute(Path.of("/proc", get(live().resolve("/pid"))), "unix:uid");
        assertThat(owner).isEqualTo(12_345);
    }

    private URI live() {
        return URI.create("http://127.0.0.1:" + environment.loadBalancer().port() + "/");
    }

    private List<String> startEnvironment(Release release) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StartEnvironment.class.getName(),
                environment.home().toString(),
                Integer.toString(environment.loadBalancer().port()),
                release.image().toString(),
                release.layout().toString());
    }

    private void run(List<String> command) throws Exception {
        var output = directory.resolve("command.log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(() -> read(output)).isZero();
    }

    private Set<Path> needs() {
        var needs = new HashSet<>(Set.of(directory, Path.of(System.getProperty("java.home"))));
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (Files.exists(Path.of(entry))) {
                needs.add(Path.of(entry));
            }
        }
        return needs;
    }

    @Test
    void aCommandThatWasKilledIsRepeatedToTheSameEnd() throws Exception {
        var release = release(FIRST);
        var moments = List.of("proxy/settings.json", "releases", "replicas/blue/1/replica.pid", "replicas/blue/2");
        for (var moment : moments) {
            var killed =
                    new ProcessBuilder(startEnvironment(release)).inheritIO().start();
            await(
                    "it came as far as " + moment,
                    () -> !killed.isAlive() || Files.exists(environment.home().resolve(moment)));
            killed.destroyForcibly().waitFor();
        }

        run(startEnvironment(release));

        await("it answers", () -> request(live()).statusCode() == 200);
        assertThat(processesIn(environment.home())).hasSize(3);
    }

    @Test
    void aStartThatWasCutOffIsBegunAnew() throws Exception {
        var tiers = target.prepare(environment);
        tiers.start(release(FIRST), Colour.BLUE);
        var orphan = Detached.named("replica", environment.home().resolve("replicas/blue/1"))
                .running()
                .orElseThrow();
        Files.delete(environment.home().resolve("replicas/blue/release"));

        assertThat(tiers.running(Colour.BLUE)).isEmpty();
        tiers.start(release(FIRST), Colour.BLUE);

        assertThat(orphan.alive()).isFalse();
        assertThat(tiers.running(Colour.BLUE)).isPresent();
    }

    @Test
    void whatClientsClaimAboutWhereTheyComeFromIsReplaced() throws Exception {
        var tiers = target.prepare(environment);
        deploy(tiers, release(FIRST));
        var request = HttpRequest.newBuilder(tiers.live().resolve("/headers"))
                .header("X-Forwarded-For", "10.9.8.7")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "evil.example")
                .header("Forwarded", "for=10.9.8.7")
                .build();

        var headers = client.send(request, BodyHandlers.ofString()).body();

        assertThat(headers)
                .contains("X-forwarded-for: [127.0.0.1]", "X-forwarded-proto: [http]")
                .contains("Host: [127.0.0.1:" + environment.loadBalancer().port() + "]")
                .doesNotContain("10.9.8.7", "evil.example");
    }

    @Test
    void aClientMayKeepItsConnection() throws Exception {
        var tiers = target.prepare(environment);
        deploy(tiers, release(FIRST));
        var request = "GET /?a=%2F HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        try (var socket = new Socket(
                InetAddress.getLoopbackAddress(), environment.loadBalancer().port())) {
            socket.setSoTimeout(30_000);
            for (var turn = 0; turn < 3; turn++) {
                socket.getOutputStream().write(request);
                assertThat(readUntil(socket, FIRST)).startsWith("HTTP/1.1 200");
            }
        }
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            var next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    @Test
    void nobodyWhoRunsForUsMayWriteWhereWeWriteAsRoot() throws Exception {
        var tiers = target.prepare(environment);
        tiers.start(release(FIRST), Colour.BLUE);
        var home = environment.home();

        for (var place : List.of("proxy", "secrets", "replicas", "replicas/blue", "replicas/blue/1", "releases")) {
            var directory = home.resolve(place);
            assertThat(Files.getOwner(directory)).as(place).isEqualTo(Files.getOwner(home));
            assertThat(Files.getPosixFilePermissions(directory))
                    .as(place)
                    .doesNotContain(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
        }
    }

    @Test
    void bodiesPassAndTooLargeOnesDoNot() throws Exception {
        var tiers = target.prepare(environment);
        deploy(tiers, release(FIRST));
        var echo = tiers.live().resolve("/echo");
        var text = "a line of text\n".repeat(100_000);

        var passed = client.send(post(echo, text), BodyHandlers.ofString());
        var refused = send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n");
        var tooLongAHead = send("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");

        assertThat(passed.body()).isEqualTo(text);
        assertThat(refused).startsWith("HTTP/1.1 413");
        assertThat(tooLongAHead).startsWith("HTTP/1.1 431");
    }

    @Test
    void ordersWithoutTheTokenAreRefused() throws Exception {
        target.prepare(environment);
        var settings =
                new ProxyFiles(environment.home().resolve("proxy")).settings().orElseThrow();

        var answer = request(URI.create("http://127.0.0.1:" + settings.controlPort() + "/"));

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void aReplicaGetsItsVariablesItsSecretAndNothingOfOurs() throws Exception {
        var tiers = target.prepare(environment);
        deploy(tiers, release(FIRST));

        var variables = get(tiers.live().resolve("/environment"));
        var secret = get(tiers.live().resolve("/secret"));

        assertThat(variables).contains("GREETING=hello world", "SAMPLE_ADDRESS=127.0.0.1");
        assertThat(variables).doesNotContain("JAVA_HOME=", "USER=").doesNotContain(secret);
        assertThat(secret).hasSize(43);
        assertThat(get(tiers.live().resolve("/directory"))).endsWith("/rootfs/app");
    }

    @Test
    void aTakenPortIsRefusedWithItsHolder() throws Exception {
        try (var holder = new ServerSocket(environment.loadBalancer().port(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> target.prepare(environment))
                    .isInstanceOfSatisfying(
                            UserError.class,
                            e -> assertThat(e.fix().orElseThrow())
                                    .contains("(process "
                                            + ProcessHandle.current().pid() + ")"))
                    .hasMessageContaining("port " + holder.getLocalPort());
        }
    }

    @Test
    void aReleaseThatNeverAnswersIsTakenBackAndTheOldOneServes() throws Exception {
        var tiers = target.prepare(environment);
        deploy(tiers, release(FIRST));
        var liar = SampleImage.of(directory.resolve("liar"), "another commit");
        var claimed = new Release("sample", SECOND, liar.image(), liar.layout());

        assertThatThrownBy(() -> new Rollout(impatient(), tiers, Clock.systemUTC(), line -> {}).advance(claimed))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("rolled back");

        assertThat(tiers.serving()).contains(Colour.BLUE);
        assertThat(tiers.running(Colour.GREEN)).isEmpty();
        assertThat(get(tiers.live())).isEqualTo(FIRST);
    }

    private EnvironmentSpec impatient() {
        var application = environment.application();
        return new EnvironmentSpec(
                environment.project(),
                environment.name(),
                environment.home(),
                environment.loadBalancer(),
                new EnvironmentSpec.Application(
                        application.port(),
                        application.portVariable(),
                        application.replicas(),
                        application.healthPath(),
                        application.versionPath(),
                        application.environment(),
                        application.secrets(),
                        application.memoryMegabytes(),
                        Duration.ofSeconds(2)),
                environment.database());
    }

    @Test
    void theMigrationRunsAsTheOwnerAndItsFailureBlocks() throws Exception {
        environment = withDatabase(environment);
        var tiers = target.prepare(environment);
        var good = release(FIRST);
        var bad = SampleImage.of(directory.resolve("bad"), SECOND, Map.of("app/broken", ""));

        tiers.migrate(good);

        assertThat(Files.readString(environment.home().resolve("migration/migration.log")))
                .contains("migrating as owner for application");
        assertThatThrownBy(() -> tiers.migrate(bad))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.BLOCKED))
                .hasMessageContaining("status 7")
                .hasMessageContaining("the migration is broken");
        deploy(tiers, good);
        assertThat(get(tiers.live().resolve("/environment")))
                .contains("SAMPLE_DB_USER=application", "SAMPLE_DB_DB=books", "SAMPLE_DB_SSLMODE=disable")
                .doesNotContain("SAMPLE_DB_APP_ROLE");
    }

    @Test
    void removingLeavesNoProcessAndKeepsTheDataUntilTold() throws Exception {
        environment = withDatabase(environment);
        var tiers = target.prepare(environment);
        tiers.start(release(FIRST), Colour.GREEN);
        assertThat(processesIn(environment.home())).isNotEmpty();

        target.remove(environment, false);

        assertThat(processesIn(environment.home())).isEmpty();
        assertThat(environment.home().resolve("database/data")).isDirectory();
        target.remove(environment, true);
        assertThat(environment.home()).doesNotExist();
    }

    private static List<String> processesIn(Path home) {
        return ProcessHandle.allProcesses()
                .map(process -> read(Path.of("/proc", Long.toString(process.pid()), "cmdline")))
                .filter(command -> command.contains(home.toString()))
                .toList();
    }

    private void deploy(Tiers tiers, Release release) throws InterruptedException {
        var rollout = new Rollout(environment, tiers, Clock.systemUTC(), line -> {});
        rollout.settle(release, rollout.advance(release));
    }

    private ProcessHandle loadBalancer() {
        var mark = Detached.named("proxy", environment.home().resolve("proxy"))
                .running()
                .orElseThrow();
        return ProcessHandle.of(mark.pid()).orElseThrow();
    }

    private int underWay() {
        var files = new ProxyFiles(environment.home().resolve("proxy"));
        var control = new ProxyControl(files.settings().orElseThrow().controlPort(), read(files.token()));
        return control.balance().underWay().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private String send(String request) throws IOException {
        try (var socket = new Socket(
                InetAddress.getLoopbackAddress(), environment.loadBalancer().port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var start = new byte[12];
            var read = socket.getInputStream().readNBytes(start, 0, start.length);
            return new String(start, 0, read, StandardCharsets.US_ASCII);
        }
    }

    private static HttpRequest post(URI uri, String body) {
        return HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private String get(URI uri) throws Exception {
        var answer = request(uri);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private java.net.http.HttpResponse<String> request(URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within a minute: " + what);
            }
            Thread.sleep(10);
        }
    }
}
