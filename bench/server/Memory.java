import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets clients look at every page, send forms that are refused and open and leave event streams for some minutes, and
 * compares what of the heap is used after a collection before, in the middle and afterwards. Fails if the second half
 * added more than 10 % and 8 MB.
 */
public final class Memory {
    private static final int CLIENTS = 4;

    public static void main(String[] arguments) throws Exception {
        var minutes = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 4;
        try (var site = Site.open(Path.of(System.getenv("STEPZERO_BENCH_ROOT")), Path.of(arguments[0]))) {
            site.fill();
            var server = site.start();
            try {
                site.awaitFirstPage(server);
                var cookie = site.signedIn("bench");
                var requests = new AtomicLong();
                System.out.printf("load of the machine %s%n", Site.load());
                load(site, cookie, 0.5, requests);
                tell("after the first requests", server, requests);
                load(site, cookie, minutes / 2, requests);
                var middle = tell("in the middle", server, requests);
                load(site, cookie, minutes / 2, requests);
                var end = tell("at the end", server, requests);
                if (end > middle * 1.1 && end > middle + 8) {
                    System.out.println("FAILED: it grows");
                    System.exit(1);
                }
            } finally {
                Site.stop(server);
            }
        }
    }

    private static double tell(String when, Process server, AtomicLong requests) throws Exception {
        Thread.sleep(2_000);
        var heap = Site.heapAfterCollection(server);
        System.out.printf("%-26s %5.1f MB of heap after a collection, %d MB resident, %,d requests, load of the machine %s%n", when, heap,
                Site.residentMegabytes(server), requests.get(), Site.load());
        return heap;
    }

    private static void load(Site site, String cookie, double minutes, AtomicLong requests) throws Exception {
        var until = System.nanoTime() + (long) (minutes * 60e9);
        var paths = new ArrayList<>(Pages.pages(site).values());
        var threads = new ArrayList<Thread>();
        for (var client = 0; client < CLIENTS; client++) {
            var first = client * paths.size() / CLIENTS;
            threads.add(Thread.ofPlatform().start(() -> ask(site, cookie, paths, first, until, requests)));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    private static void ask(Site site, String cookie, List<String> paths, int first, long until, AtomicLong requests) {
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (var i = first; System.nanoTime() < until; i++) {
                var shown = i % 5 == 0 ? "" : cookie;
                Site.send(http, site.request(paths.get(i % paths.size()), shown));
                requests.incrementAndGet();
                if (i % 10 == 0) {
                    var form = HttpRequest.newBuilder(site.address().resolve("/sign-in")).header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("name=nobody" + i + "&password=" + "x".repeat(i % 5_000))).build();
                    Site.send(http, form);
                    requests.incrementAndGet();
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
