import dev.stepzero.core.Home;
import dev.stepzero.guard.identity.SealingKey;
import dev.stepzero.server.ListenAddress;
import dev.stepzero.server.Server;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.endpoint.Endpoints;
import dev.stepzero.ship.git.Remote;
import dev.stepzero.store.Database;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends deliveries at a steady rate, whether the answers come or not, so that a server that stands still is seen: a
 * delivery's time begins when it was due to be sent.
 */
public final class Webhooks {
    private static final String SECRET = "measured with a secret of its own";
    private static final int PROJECTS = 10;
    private static final int PADDING = 6_000;

    public static void main(String[] arguments) throws Exception {
        var home = new Home(Path.of(arguments[0]));
        var rate = Integer.parseInt(arguments[1]);
        var seconds = Integer.parseInt(arguments[2]);
        Files.createDirectories(home.root());
        var settings = new ServerSettings(
                ListenAddress.parse("127.0.0.1:0"), Optional.empty(), Optional.empty(), home, Map.of());
        try (var server = Server.start(settings);
                var database = Database.open(home.root(), Map.of())) {
            var key = SealingKey.in(home.root().resolve("server").resolve("sealing.key"), new SecureRandom());
            var endpoints = new Endpoints(database.jdbi(), key, Clock.systemUTC());
            for (var i = 0; i < PROJECTS; i++) {
                var remote = new Remote(URI.create("https://forge.invalid/acme/shop.git"), Optional.empty());
                endpoints.put(new ForgeProject(
                        "p" + i, Forge.GITHUB, "acme/shop", remote, "main", false, List.of()));
                endpoints.addSecret("p" + i, SECRET);
            }
            Thread.sleep(2_500); // until the server has seen them
            send("warm", server.address(), rate, 3);
            var stored = send("measured", server.address(), rate, seconds);
            var kept = database.jdbi().withHandle(handle -> handle.createQuery(
                            "select count(*) from webhook_delivery where delivery like 'measured-%'")
                    .mapTo(Long.class)
                    .one());
            System.out.printf("lost: %d of %d that were answered%n", stored - kept, stored);
        }
    }

    private static long send(String name, URI address, int rate, int seconds) throws Exception {
        var times = new ConcurrentLinkedQueue<Long>();
        var accepted = new AtomicLong();
        var began = System.nanoTime();
        var count = rate * seconds;
        // As many as a forge would have on their way at once; who waits for one of these waits measurably.
        var free = new Semaphore(256);
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < count; i++) {
                var due = began + i * 1_000_000_000L / rate;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                var request = request(address, i % PROJECTS, name + "-" + i);
                free.acquire();
                threads.submit(() -> {
                    try {
                    if (client.send(request, BodyHandlers.discarding()).statusCode() == 202) {
                        accepted.incrementAndGet();
                    }
                    return times.add(System.nanoTime() - due);
                    } finally {
                        free.release();
                    }
                });
            }
        }
        var took = (System.nanoTime() - began) / 1e9;
        var sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%s: %d sent, %d stored, %.0f a second, p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                name, count, accepted.get(), accepted.get() / took,
                at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
        return accepted.get();
    }

    private static double at(long[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))] / 1e6;
    }

    private static HttpRequest request(URI address, int project, String id) throws Exception {
        var body = "{\"zen\":\"%s\",\"text\":\"%s\"}".formatted(id, "x".repeat(PADDING)).getBytes(StandardCharsets.UTF_8);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HttpRequest.newBuilder(address.resolve("/hooks/github/p" + project))
                .header("X-GitHub-Event", "ping")
                .header("X-GitHub-Delivery", id)
                .header("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(mac.doFinal(body)))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }
}
