import dev.stepzero.core.Home;
import dev.stepzero.guard.identity.SealingKey;
import dev.stepzero.server.ListenAddress;
import dev.stepzero.server.Server;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.forge.endpoint.WebhookSecretBook;
import dev.stepzero.ship.git.FetchPolicy;
import dev.stepzero.store.Database;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.DeflaterOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code serve HOME PORT} is a server until its standard input ends; {@code load HOME PORT RATE SECONDS PID} sends it
 * deliveries at a steady rate, whether the answers come or not, so that a server that stands still is seen: a delivery's
 * time begins when it was due to be sent. Then it sends as fast as it can, and, on the same machine and to the same
 * database, inserts the same bytes without any server, one commit each, as the limit to compare with.
 */
public final class Webhooks {
    private static final String SECRET = "measured with a secret of its own";
    private static final int PROJECTS = 10;
    private static final int PADDING = 6_000;
    private static final int ON_THEIR_WAY = 256;
    private static final int CONNECTIONS = 8;

    /** Until the compilers of both processes, which share the processors with all else, have come to rest. */
    private static final int WARM_SECONDS = 60;

    public static void main(String[] arguments) throws Exception {
        var home = new Home(Path.of(arguments[1]));
        var port = Integer.parseInt(arguments[2]);
        if (arguments[0].equals("serve")) {
            serve(home, port);
        } else {
            load(home, URI.create("http://127.0.0.1:" + port), Integer.parseInt(arguments[3]),
                    Integer.parseInt(arguments[4]), ProcessorTime.of(Long.parseLong(arguments[5]), home));
        }
    }

    private static void serve(Home home, int port) throws Exception {
        Files.createDirectories(home.root());
        var settings = new ServerSettings(
                ListenAddress.parse("127.0.0.1:" + port), Optional.empty(), Optional.empty(), home,
                Map.of("STEPZERO_ENGINE", "none"));
        try (var server = Server.start(settings)) {
            System.out.println("serving");
            while (System.in.read() >= 0) {
                // Until whoever started us has seen enough.
            }
            var peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
            System.gc();
            var used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            System.out.printf("server: heap at most %d MB, %d MB after all, of %d MB%n",
                    peak >> 20, used.getUsed() >> 20, used.getMax() >> 20);
        }
    }

    private static void load(Home home, URI address, int rate, int seconds, ProcessorTime processors)
            throws Exception {
        try (var database = Database.open(home.root(), Map.of())) {
            register(home, database);
            Thread.sleep(2_500); // until the server has seen them
            send("warm", address, rate, rate * WARM_SECONDS);
            var handled = handled(database);
            var before = processors.now();
            var stored = send("steady", address, rate, rate * seconds);
            var spent = processors.now().since(before);
            System.out.printf("steady: processor time of a delivery: %s; %d were worked on meanwhile%n",
                    spent.shared(stored.stored()), handled(database) - handled);
            var fast = send("fast", address, 0, rate * 5);
            for (var phase : List.of(stored, fast)) {
                var kept = database.jdbi().withHandle(handle -> handle.createQuery(
                                "select count(*) from webhook_delivery where delivery like :name || '-%'")
                        .bind("name", phase.name())
                        .mapTo(Long.class)
                        .one());
                System.out.printf("%s: lost %d of %d that were answered%n",
                        phase.name(), phase.stored() - kept, phase.stored());
            }
            var plain = plain(database, rate * 5);
            System.out.printf("limit: %.0f plain inserts of the same bytes a second, a commit each by %d connections%n",
                    plain, CONNECTIONS);
            System.out.printf("ratio: the server stores %.2f of that when it is sent as much as it takes%n",
                    fast.rate() / plain);
        }
    }

    private static long handled(Database database) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                        "select count(*) from webhook_delivery where state = 'handled'")
                .mapTo(Long.class)
                .one());
    }

    private static void register(Home home, Database database) {
        var clock = Clock.systemUTC();
        var key = SealingKey.in(home.root().resolve("server").resolve("sealing.key"), new SecureRandom());
        var projects = new Projects(database.jdbi(), FetchPolicy.DEFAULTS, clock);
        var secrets = new WebhookSecretBook(database.jdbi(), projects, key, clock);
        for (var i = 0; i < PROJECTS; i++) {
            projects.register(RegisteredProject.of("p" + i, "https://forge.invalid/acme/shop.git", "github", "main",
                    List.of("production"), ProjectSettings.DEFAULTS, "bench"));
            secrets.add("p" + i, SECRET, Duration.ofHours(1));
        }
    }

    private record Phase(String name, long stored, double rate) {}

    /** @param rate how many a second; 0: as many as are answered */
    private static Phase send(String name, URI address, int rate, int count) throws Exception {
        var times = new long[count];
        var accepted = new AtomicLong();
        var errors = new LongAdder();
        var free = new Semaphore(ON_THEIR_WAY);
        var began = System.nanoTime();
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < count; i++) {
                var number = i;
                var due = rate == 0 ? 0 : began + i * 1_000_000_000L / rate;
                while (rate > 0 && System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                // Who waits for one of these waits measurably.
                free.acquire();
                threads.execute(() -> {
                    var from = rate == 0 ? System.nanoTime() : due;
                    try {
                        var request = request(address, number % PROJECTS, name + "-" + number);
                        if (client.send(request, BodyHandlers.discarding()).statusCode() == 202) {
                            accepted.incrementAndGet();
                        } else {
                            errors.increment();
                        }
                    } catch (Exception e) {
                        errors.increment();
                    } finally {
                        times[number] = System.nanoTime() - from;
                        free.release();
                    }
                });
            }
        }
        var took = (System.nanoTime() - began) / 1e9;
        Arrays.sort(times);
        System.out.printf("%s: %d sent, %d stored, %d errors, %.0f a second, p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                name, count, accepted.get(), errors.sum(), accepted.get() / took,
                at(times, 0.5), at(times, 0.99), at(times, 1));
        return new Phase(name, accepted.get(), accepted.get() / took);
    }

    private static double at(long[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))] / 1e6;
    }

    private static double plain(Database database, int count) throws Exception {
        var began = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (var connection = 0; connection < CONNECTIONS; connection++) {
                var first = connection;
                threads.execute(() -> database.jdbi().useHandle(handle -> {
                    for (var i = first; i < count; i += CONNECTIONS) {
                        handle.createUpdate("""
                                        insert into webhook_delivery (project, forge, event, delivery, body_digest, body,
                                                                      source, received_at, state, due_at, ended_at)
                                        values ('plain', 'github', 'ping', :id, sha256(cast(:id as bytea)), :body,
                                                '127.0.0.1', now(), 'handled', now(), now())""")
                                .bind("id", "plain-" + i)
                                .bind("body", deflated(body("plain-" + i)))
                                .execute();
                    }
                }));
            }
        }
        return count / ((System.nanoTime() - began) / 1e9);
    }

    private static byte[] deflated(byte[] body) {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out)) {
            deflater.write(body);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Half of it compresses as JSON does, and half does not at all. */
    private static byte[] body(String id) {
        var random = new byte[PADDING / 4];
        new Random(id.hashCode()).nextBytes(random);
        return "{\"zen\":\"%s\",\"text\":\"%s%s\"}"
                .formatted(id, HexFormat.of().formatHex(random), "x".repeat(PADDING / 2))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static HttpRequest request(URI address, int project, String id) throws Exception {
        var body = body(id);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HttpRequest.newBuilder(address.resolve("/hooks/github/p" + project))
                .header("X-GitHub-Event", "ping")
                .header("X-GitHub-Delivery", id)
                .header("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(mac.doFinal(body)))
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }
}
