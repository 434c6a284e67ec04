package dev.stepzero.ship.forge.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.egress.AddressRange;
import dev.stepzero.core.egress.EgressGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A forge on this machine that gives the answers it was told, by method and path, and remembers what it was asked. */
final class RecordedForge implements AutoCloseable {
    static final String COMMIT = "c".repeat(40);
    static final byte[] KEY = "a key of the server".getBytes(StandardCharsets.UTF_8);

    record Asked(String method, String path, JsonNode body, String authorization) {}

    record Answered(int status, String body, Map<String, String> headers) {
        static Answered ok(String body) {
            return new Answered(200, body.replace('\'', '"'), Map.of());
        }
    }

    /** A clock that sleeping moves. */
    static final class PatientClock extends Clock {
        Instant now = Instant.parse("2026-11-21T12:00:00Z");
        final List<Duration> slept = new ArrayList<>();

        @Override
        public synchronized Instant instant() {
            return now;
        }

        synchronized void sleep(Duration time) {
            slept.add(time);
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    final PatientClock clock = new PatientClock();
    private final Map<String, Deque<Answered>> answers = new HashMap<>();
    private final HttpServer server;
    private final ForgeHttp http;

    RecordedForge() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        http = ForgeHttp.start(EgressGuard.allowing(Set.of(AddressRange.parse("127.0.0.0/8"))), Duration.ofSeconds(20));
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    ForgeHttp http() {
        return http;
    }

    Patience patience() {
        return new Patience(
                4,
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                clock,
                RandomGenerator.of("L64X128MixRandom"),
                clock::sleep);
    }

    ForgeConnection connection(String path) {
        return new ForgeConnection(address(path), Authorization.token("t0ken"), http, patience());
    }

    /** The answers to a request, one after another; the last one stays. */
    RecordedForge on(String request, Answered... given) {
        answers.put(request, new ArrayDeque<>(List.of(given)));
        return this;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var path = exchange.getRequestURI().toString();
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    path,
                    JsonMapper.shared().readTree(body.length == 0 ? "null".getBytes(StandardCharsets.UTF_8) : body),
                    exchange.getRequestHeaders().getFirst("Authorization")));
            var known = answers.get(exchange.getRequestMethod() + " " + path.replaceFirst("\\?.*", ""));
            var given = known == null
                    ? Answered.ok(exchange.getRequestMethod().equals("GET") ? "[]" : "{}")
                    : known.size() > 1 ? known.poll() : known.peek();
            given.headers().forEach(exchange.getResponseHeaders()::set);
            var bytes = given.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(given.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    Asked only(String method, String path) {
        var found = asked.stream()
                .filter(each -> each.method().equals(method)
                        && each.path().replaceFirst("\\?.*", "").equals(path))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " requests, asked was " + asked);
        }
        return found.getFirst();
    }

    static Report report(Report.State state, int findings, long pullRequest) {
        return new Report(
                "o/r",
                COMMIT,
                pullRequest == 0 ? OptionalLong.empty() : OptionalLong.of(pullRequest),
                12,
                "stepzero",
                state,
                "2 findings block",
                List.of("a secret is in the source"),
                IntStream.range(0, findings).mapToObj(RecordedForge::finding).toList(),
                URI.create("https://stepzero.example/runs/12"));
    }

    static Finding finding(int number) {
        return new Finding(
                "docker-user-root",
                List.of(),
                "The container runs as root",
                Severity.HIGH,
                new Location("dockerfile", "docker/Dockerfile" + number, 3, 4),
                "USER is missing",
                "Add USER 65534",
                List.of(),
                List.of(),
                Set.of(),
                List.of(),
                "f" + number);
    }

    @Override
    public void close() {
        http.close();
        server.stop(0);
    }
}
