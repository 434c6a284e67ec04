package dev.stepzero.scan.vulnerabilities.database;

import static dev.stepzero.scan.vulnerabilities.Osv.CLOCK;
import static dev.stepzero.scan.vulnerabilities.Osv.ids;
import static dev.stepzero.scan.vulnerabilities.Osv.pair;
import static dev.stepzero.scan.vulnerabilities.Osv.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.vulnerabilities.Osv;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How sources on servers are kept up with. */
@Timeout(60)
class DatabaseUpdateTest {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final Duration SHORT = Duration.ofMillis(500);

    @TempDir
    private Path home;

    private final List<Integer> answers = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private Answer answer = exchange -> {};

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer.to(exchange));
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    private String url() {
        return "http://%s:%d/npm/all.zip"
                .formatted(
                        server.getAddress().getAddress().getHostAddress(),
                        server.getAddress().getPort());
    }

    private DatabaseImport changes() {
        return changes(LONG);
    }

    private DatabaseImport changes(Duration silence) {
        return new DatabaseImport(home, CLOCK, new Limits(1 << 20, 1 << 20, 100, 1 << 20, 1 << 20, silence, LONG));
    }

    private void importIt() throws InterruptedException {
        importBy(changes());
    }

    private void importBy(DatabaseImport changes) throws InterruptedException {
        changes.add(List.of(url()), Optional.empty(), Optional.empty());
    }

    private static byte[] zip(String id) {
        return Osv.zipped(Map.of(id + ".json", record(id, "npm", "thing", pair("0", "1.0.0"))));
    }

    /** Answers like a server that knows what the client has. */
    private Answer serving(String tag, byte[] body) {
        return exchange -> {
            exchange.getResponseHeaders().set("ETag", tag);
            exchange.getResponseHeaders().set("Last-Modified", "Fri, 20 Nov 2026 10:00:00 GMT");
            boolean known = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            answers.add(known ? 304 : 200);
            exchange.sendResponseHeaders(known ? 304 : 200, known ? -1 : body.length);
            if (!known) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        };
    }

    private List<String> known() {
        try (var database = Database.open(home).orElseThrow()) {
            return ids(database, "npm", "thing");
        }
    }

    @Test
    void onlyWhatChangedIsFetched() throws InterruptedException {
        answer = serving("\"1\"", zip("A-1"));
        importIt();
        changes().update();
        assertThat(known()).containsExactly("A-1");

        answer = serving("\"2\"", zip("A-2"));
        changes().update();

        assertThat(answers).containsExactly(200, 304, 200);
        assertThat(known()).containsExactly("A-2");
        try (var database = Database.open(home).orElseThrow()) {
            assertThat(database.catalogue().asOf("npm")).contains(Instant.parse("2026-11-20T10:00:00Z"));
        }
    }

    @Test
    void aSourceThatIsDownKeepsWhatWasKnownAndThatIsSaid() throws InterruptedException {
        answer = serving("\"1\"", zip("A-1"));
        importIt();
        server.stop(0);

        var update = changes().update();

        assertThat(update.failures()).singleElement().asString().contains("cannot be fetched");
        assertThat(known()).containsExactly("A-1");
        try (var database = Database.open(home).orElseThrow()) {
            assertThat(database.catalogue().feeds().getFirst().failure()).contains("cannot be fetched");
        }
    }

    @Test
    void aServersErrorKeepsWhatWasKnown() throws InterruptedException {
        answer = serving("\"1\"", zip("A-1"));
        importIt();
        answer = exchange -> {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        };

        var update = changes().update();

        assertThat(update.failures()).singleElement().asString().contains("the server answers 500");
        assertThat(known()).containsExactly("A-1");
    }

    @Test
    void aBodyWithoutEndIsCut() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var block = new byte[1 << 16];
            try (var body = exchange.getResponseBody()) {
                while (end.getCount() > 0) {
                    body.write(block);
                }
            }
        };

        assertThatThrownBy(this::importIt).isInstanceOf(UserError.class).hasMessageContaining("sends more than 1 MB");
    }

    @Test
    void aServerThatFallsSilentIsLeft() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[] {'P', 'K'});
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };

        assertThatThrownBy(() -> importBy(changes(SHORT)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be fetched");
        assertThat(Database.open(home)).isEmpty();
    }
}
