import dev.stepzero.guard.identity.Factor;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.identity.Sessions;
import dev.stepzero.guard.identity.Source;
import dev.stepzero.store.Coordinates;
import dev.stepzero.store.Database;
import dev.stepzero.store.embedded.PostgresCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A home with a database, which may be filled, and a server there: a process of its own, started as users start it. */
final class Site implements AutoCloseable {
    private static final String AGENT = "bench";

    final Path home;
    final Database database;
    private final Path repository;
    private final int port;

    private Site(Path repository, Path home, Database database, int port) {
        this.repository = repository;
        this.home = home;
        this.database = database;
        this.port = port;
    }

    static Site open(Path repository, Path home) throws Exception {
        var database = Database.open(home, Map.of());
        try (var free = new java.net.ServerSocket(0)) {
            return new Site(repository, home, database, free.getLocalPort());
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    Coordinates owner() throws InterruptedException {
        return PostgresCluster.at(home.resolve("postgres")).start().superuser("stepzero");
    }

    /** Runs generate.sql unless it ran here before. */
    void fill() throws Exception {
        if (count("select count(*) from finding") > 0) {
            return;
        }
        var began = System.nanoTime();
        var owner = owner();
        try (var connection = DriverManager.getConnection(owner.url(), owner.user(), owner.password());
                var statement = connection.createStatement()) {
            for (var sql : Files.readString(repository.resolve("bench/server/generate.sql")).split(";\\s*\n")) {
                statement.execute(sql);
            }
        }
        System.out.printf("filled the database in %.0f s%n", (System.nanoTime() - began) / 1e9);
    }

    long count(String query) {
        return database.jdbi().withHandle(handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    /** A line about what is measured, for whoever reads the numbers later. */
    void describe() throws IOException {
        System.out.printf("%,d findings, %,d runs, %,d deployments; load of the machine %s%n",
                count("select count(*) from finding"), count("select count(*) from run"),
                count("select count(*) from deployment"), load());
    }

    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).substring(0, 14);
    }

    /** A new person with all roles that look, signed in: what to send as cookie. */
    String signedIn(String name) {
        var people = new People(database.jdbi(), Clock.systemUTC());
        Person person = people.named(name).orElseGet(() -> people.add(name, "", ""));
        people.grant(person.id(), Grant.everywhere(Role.VIEWER));
        people.grant(person.id(), Grant.everywhere(Role.AUDITOR));
        var sessions = new Sessions(database.jdbi(), Clock.systemUTC(), new SecureRandom());
        var secret = sessions.begin(person.id(), Set.of(Factor.PASSWORD, Factor.TOTP), new Source("127.0.0.1", AGENT));
        return "stepzero-session=" + secret.text();
    }

    HttpRequest request(String path, String cookie) {
        return HttpRequest.newBuilder(address().resolve(path)).header("User-Agent", AGENT).header("Cookie", cookie)
                .timeout(Duration.ofSeconds(60)).build();
    }

    Process start(String... more) throws Exception {
        var command = new java.util.ArrayList<>(List.of(repository.resolve("stepzero").toString(), "serve", "--listen", "127.0.0.1:" + port));
        command.addAll(List.of(more));
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("bench-server.log").toFile()));
        builder.environment().put("STEPZERO_HOME", home.toString());
        return builder.start();
    }

    /** Waits until the first page is answered, and tells how long that took in nanoseconds. */
    long awaitFirstPage(Process server) throws Exception {
        var began = System.nanoTime();
        while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(120)) {
            if (!server.isAlive()) {
                throw new IllegalStateException("the server ended: see " + home.resolve("bench-server.log"));
            }
            try (var socket = new java.net.Socket("127.0.0.1", port)) {
                socket.getOutputStream().write("GET /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes());
                var answer = new String(socket.getInputStream().readAllBytes());
                if (answer.startsWith("HTTP/1.1 200")) {
                    return System.nanoTime() - began;
                }
            } catch (IOException e) {
                Thread.sleep(5);
            }
        }
        throw new IllegalStateException("no page within two minutes");
    }

    static void stop(Process server) throws InterruptedException {
        server.destroy();
        if (!server.waitFor(60, TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
    }

    /** Memory that a process holds, in MB. */
    static long residentMegabytes(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).sum() / 1024;
    }

    /** What of the heap is used after a full collection, in MB. */
    static double heapAfterCollection(Process process) throws Exception {
        jcmd(process, "GC.run");
        var used = java.util.regex.Pattern.compile("used (\\d+)K").matcher(jcmd(process, "GC.heap_info"));
        var kilobytes = 0L;
        for (var generation = 0; generation < 2 && used.find(); generation++) {
            kilobytes += Long.parseLong(used.group(1));
        }
        return kilobytes / 1024.0;
    }

    private static String jcmd(Process process, String what) throws Exception {
        var jcmd = new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", Long.toString(process.pid()), what).redirectErrorStream(true).start();
        return new String(jcmd.getInputStream().readAllBytes());
    }

    static HttpResponse<String> send(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    static double percentile(long[] sorted, double which) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * which))] / 1e6;
    }

    @Override
    public void close() throws InterruptedException {
        database.close();
    }
}
