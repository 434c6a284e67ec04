package dev.stepzero.ship.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthCheckTest {
    private static final Duration TICK = Duration.ofSeconds(1);
    /** How long an answer is waited for that comes, on whatever machine, and one that does not. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Duration SHORT = Duration.ofMillis(300);

    private final CountDownLatch testIsOver = new CountDownLatch(1);
    private final HttpServer server;

    HealthCheckTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        testIsOver.countDown();
        server.stop(0);
    }

    @Test
    void whatIsHealthyAndNamesTheCommitIsWell() throws Exception {
        on("/health", exchange -> answer(exchange, 200, ""));
        on("/version", exchange -> answer(exchange, 200, "{\"commit\": \"c0ffee\"}"));

        assertThat(check("/health", 3)).isEmpty();
    }

    @Test
    void theGoodAnswersMustComeInARow() throws Exception {
        var asked = new AtomicInteger();
        on("/health", exchange -> answer(exchange, asked.incrementAndGet() == 3 ? 503 : 200, ""));
        on("/version", exchange -> answer(exchange, 200, "c0ffee"));

        var wrong = check("/health", 4);

        assertThat(wrong).isEmpty();
        assertThat(asked).hasValue(7);
    }

    @Test
    void aRowThatBeganInTimeMayBeCompleted() throws Exception {
        on("/health", exchange -> answer(exchange, 200, ""));
        on("/version", exchange -> answer(exchange, 200, "c0ffee"));

        assertThat(check("/health", 50)).isEmpty();
    }

    @Test
    void whatIsNeverHealthyIsToldWithItsAnswer() throws Exception {
        on("/health", exchange -> answer(exchange, 500, "no\n  database\u001b[2J\0"));

        assertThat(check("/health", 1)).isEqualTo("/health answers 500: no database [2J");
    }

    @Test
    void aLongAnswerIsToldInShort() throws Exception {
        on("/health", exchange -> answer(exchange, 500, "x".repeat(5_000)));

        assertThat(check("/health", 1)).hasSizeLessThan(250).endsWith("...");
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() throws Exception {
        on("/health", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (testIsOver.getCount() > 0) {
                exchange.getResponseBody().write(new byte[8_192]);
            }
        });

        assertThat(check("/health", 1, SHORT)).startsWith("/health gives no answer: ");
    }

    @Test
    void anAnswerThatTricklesIsNotWaitedFor() throws Exception {
        on("/health", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            testIsOver.await();
        });

        assertThat(check("/health", 1, SHORT))
                .isEqualTo("/health gives no answer: nothing complete came within 300 ms");
    }

    @Test
    void aPortWhereNobodyListensIsTold() throws Exception {
        server.stop(0);

        assertThat(check("/health", 1)).startsWith("/health gives no answer: java.net.ConnectException");
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        on("/health", exchange -> {
            exchange.getResponseHeaders().add("Location", "/version");
            answer(exchange, 302, "");
        });
        on("/version", exchange -> answer(exchange, 200, "c0ffee"));

        assertThat(check("/health", 1)).startsWith("/health answers 302");
    }

    @Test
    void aPathCannotLeadToAnotherHost() throws Exception {
        on("/", exchange -> answer(exchange, 404, exchange.getRequestURI().getRawPath()));

        assertThat(check("//example.invalid/health", 1)).startsWith("//example.invalid/health answers 404");
    }

    private void on(String path, Handler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                handler.handle(exchange);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private String check(String healthPath, int times) throws InterruptedException {
        return check(healthPath, times, LONG);
    }

    private String check(String healthPath, int times, Duration answerTime) throws InterruptedException {
        var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        var application = new EnvironmentSpec.Application(
                1, "PORT", 1, healthPath, "/version", Map.of(), List.of(), 64, Duration.ofSeconds(9));
        return new HealthCheck(new TickingClock(TICK), answerTime)
                .await(address, application, "c0ffee", times, Duration.ofSeconds(5));
    }
}
