import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Opens many event streams of several runs by several people, writes lines into the runs, and tells how long they took to
 * each stream, beside a single stream in the same run of this program; what the server holds; and how pages do meanwhile.
 * Fails if a line is missing anywhere, a stream broke, or one too many is not refused with a time to come back.
 */
public final class Streams {
    private static final int RUNS = 20;
    private static final int OF_ONE = 250;
    private static final int WRITES = 20;

    private final Site site;
    private final ConcurrentLinkedQueue<Long> delays = new ConcurrentLinkedQueue<>();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean ends;

    private Streams(Site site) {
        this.site = site;
    }

    public static void main(String[] arguments) throws Exception {
        var number = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        try (var site = Site.open(Path.of(System.getenv("STEPZERO_BENCH_ROOT")), Path.of(arguments[0]))) {
            var server = site.start();
            try {
                site.awaitFirstPage(server);
                System.out.printf("load of the machine %s; before: %.0f MB of heap after a collection, %d MB resident%n",
                        Site.load(), Site.heapAfterCollection(server), Site.residentMegabytes(server));
                new Streams(site).measure(number, server);
            } finally {
                Site.stop(server);
            }
        }
    }

    private void measure(int number, Process server) throws Exception {
        var runs = runs();
        var sockets = new ArrayList<Socket>();
        open(runs, 1, sockets);
        write(runs);
        var alone = report("1 stream", WRITES);
        open(runs, number - 1, sockets);
        System.out.printf("%,d streams: %.0f MB of heap after a collection, %d MB resident, %d threads%n",
                number, Site.heapAfterCollection(server), Site.residentMegabytes(server), threads(server));
        delays.clear();
        write(runs);
        var all = report("%,d streams".formatted(number), (long) number * WRITES);
        System.out.printf("p99 is %.1f times that of a single stream; %.0f MB of heap after a collection, %d MB resident%n",
                all / alone, Site.heapAfterCollection(server), Site.residentMegabytes(server));
        var cookie = site.signedIn("bench");
        var pages = Pages.times(site, cookie, "/runs", 2, 50);
        System.out.printf("the page /runs meanwhile: p50 %.1f ms, p95 %.1f ms%n", Site.percentile(pages, 0.5), Site.percentile(pages, 0.95));
        if (number >= 10_000) {
            refused(runs.getFirst(), cookie);
        }
        ends = true;
        for (var socket : sockets) {
            socket.close();
        }
        require(broken.get() == 0, broken + " streams broke");
    }

    private List<Long> runs() {
        return site.database.jdbi().withHandle(handle -> handle.createQuery("""
                insert into run (project, environment, target, commit_id, pipeline, status, started_at, lane, ref)
                select 'streams', 'e' || n, 'process', md5(n::text) || '00000000', 'streams', 'running', now(), gen_random_uuid()::text, ''
                from generate_series(1, ?) n returning id""").bind(0, RUNS).mapTo(Long.class).list()).stream().peek(run ->
                site.database.jdbi().useHandle(handle -> handle.execute("""
                        insert into step (run_id, name, stage, attempt, status, started_at) values (?, 'test', 'test', 1, 'running', now())""", run))).toList();
    }

    private void open(List<Long> runs, int number, List<Socket> sockets) throws Exception {
        var began = System.nanoTime();
        var opened = new CountDownLatch(number);
        var turns = new Semaphore(32);
        var cookie = "";
        for (var i = 0; i < number; i++) {
            if (i % OF_ONE == 0) {
                cookie = site.signedIn("reader" + sockets.size() / OF_ONE + "-" + number);
            }
            turns.acquire();
            var socket = new Socket(site.address().getHost(), site.address().getPort());
            socket.setReceiveBufferSize(8192);
            sockets.add(socket);
            var run = runs.get(i % RUNS);
            var shown = cookie;
            Thread.ofVirtual().start(() -> follow(socket, run, shown, opened, turns));
        }
        require(opened.await(150, TimeUnit.SECONDS), "%d streams did not open".formatted(opened.getCount()));
        System.out.printf("opened %,d in %.1f s%n", number, (System.nanoTime() - began) / 1e9);
    }

    private void follow(Socket socket, long run, String cookie, CountDownLatch opened, Semaphore turns) {
        var isOpen = false;
        try {
            socket.getOutputStream().write("GET /projects/streams/runs/%d/events HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\nCookie: %s\r\n\r\n"
                    .formatted(run, cookie).getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedInputStream(socket.getInputStream(), 1024);
            for (var line = line(in); line != null; line = line(in)) {
                bytes.addAndGet(line.length());
                if (line.startsWith("event: state") && !isOpen) {
                    isOpen = true;
                    turns.release();
                    opened.countDown();
                }
                for (var at = line.indexOf("\"at "); line.startsWith("data: ") && at >= 0; at = line.indexOf("\"at ", at + 1)) {
                    if (isOpen) {
                        delays.add(System.nanoTime() - Long.parseLong(line.substring(at + 4, line.indexOf('"', at + 4))));
                    }
                }
            }
        } catch (IOException e) {
            // Counted below.
        }
        if (!isOpen) {
            turns.release();
        }
        if (!ends) {
            broken.incrementAndGet();
        }
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder(64);
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            text.append((char) c);
        }
        return text.toString();
    }

    private int number;

    private void write(List<Long> runs) throws Exception {
        for (var i = 0; i < WRITES; i++) {
            number++;
            for (var run : runs) {
                site.database.jdbi().useHandle(handle -> handle.execute(
                        "insert into step_output (run_id, step, attempt, number, line) values (?, 'test', 1, ?, ?)", run, number, "at " + System.nanoTime()));
            }
            Thread.sleep(1_000);
        }
    }

    private double report(String what, long expected) throws Exception {
        for (var waited = 0; delays.size() < expected && waited < 60; waited++) {
            Thread.sleep(500);
        }
        var sorted = delays.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf("%s: %,d of %,d lines delivered after p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, at most %.0f ms; load of the machine %s%n", what, sorted.length, expected,
                Site.percentile(sorted, 0.5), Site.percentile(sorted, 0.95), Site.percentile(sorted, 0.99), Site.percentile(sorted, 1), Site.load());
        require(sorted.length == expected, "lines are missing, or came twice");
        return Site.percentile(sorted, 0.99);
    }

    private void refused(long run, String cookie) throws Exception {
        var request = site.request("/projects/streams/runs/" + run + "/events", cookie);
        try (var http = java.net.http.HttpClient.newHttpClient()) {
            var answer = Site.send(http, request);
            System.out.printf("one more: %d, Retry-After %s%n", answer.statusCode(), answer.headers().firstValue("Retry-After").orElse("none"));
            require(answer.statusCode() == 503 && answer.headers().firstValue("Retry-After").isPresent(), "one too many is not refused as it should be");
        }
    }

    private static long threads(Process server) throws IOException {
        try (var tasks = java.nio.file.Files.list(Path.of("/proc/" + server.pid() + "/task"))) {
            return tasks.count();
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            System.out.println("FAILED: " + otherwise);
            System.exit(1);
        }
    }
}
