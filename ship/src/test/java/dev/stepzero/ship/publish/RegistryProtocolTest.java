package dev.stepzero.ship.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.registry.Credentials;
import dev.stepzero.scan.registry.Reference;
import dev.stepzero.ship.image.OciLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a friendly registry does not do, played by a server of the test. */
class RegistryProtocolTest {
    private static final Optional<Credentials> ROBOT = Optional.of(new Credentials("robot", "secret"));

    @TempDir
    Path temporary;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private HttpServer storage;
    private TestLayout built;

    @BeforeEach
    void start() throws IOException {
        built = TestLayout.make(temporary.resolve("built"), 9 << 20);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        storage = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        storage.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        storage.stop(0);
    }

    @Test
    void aTokenIsAskedForThisRepositoryAloneAndUsed() throws Exception {
        server.createContext("/token", exchange -> {
            note(exchange);
            answer(exchange, 200, "{\"token\":\"t0ken\"}".getBytes(StandardCharsets.UTF_8));
        });
        server.createContext("/v2/", exchange -> {
            if ("Bearer t0ken".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 200, new byte[0]);
            } else {
                exchange.getResponseHeaders()
                        .set(
                                "WWW-Authenticate",
                                "Bearer realm=\"%s/token\",service=\"s\",scope=\"repository:*:*\"".formatted(base()));
                answer(exchange, 401, new byte[0]);
            }
        });

        var has = registry(ROBOT).has(built.image());

        assertThat(has).isTrue();
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("GET /token?scope=repository%3Ateam%2Fapp%3Apull&service=s");
    }

    @Test
    void theStorageBehindARegistryDoesNotLearnWhoAsks() throws Exception {
        var seen = new CopyOnWriteArrayList<Optional<String>>();
        storage.createContext("/", exchange -> {
            seen.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
            answer(exchange, 200, content(exchange));
        });
        server.createContext("/v2/", exchange -> {
            if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"r\"");
                answer(exchange, 401, new byte[0]);
            } else if (exchange.getRequestURI().getPath().contains("/blobs/")) {
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                base(storage) + exchange.getRequestURI().getPath());
                answer(exchange, 307, "elsewhere".getBytes(StandardCharsets.UTF_8));
            } else {
                answer(exchange, 200, content(exchange));
            }
        });

        registry(ROBOT).fetch(built.image(), OciLayout.at(temporary.resolve("fetched")));

        assertThat(seen).hasSize(2).allMatch(Optional::isEmpty);
    }

    @Test
    void aPasswordIsNotSentInClearTextThoughTheRegistryAsks() {
        server.createContext("/v2/", exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"http://thief.test/\"");
            answer(exchange, 401, new byte[0]);
        });

        assertThatThrownBy(() -> registry(ROBOT).has(built.image()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("wants the password sent to");
    }

    @Test
    void aRegistryThatStumblesIsAskedAgain() throws Exception {
        var attempts = new AtomicInteger();
        server.createContext(
                "/v2/", exchange -> answer(exchange, attempts.incrementAndGet() < 3 ? 503 : 200, new byte[0]));

        assertThat(registry(Optional.empty()).has(built.image())).isTrue();

        assertThat(attempts).hasValue(3);
    }

    @Test
    void aRegistryThatRefusesIsNotAskedAgain() {
        var attempts = new AtomicInteger();
        server.createContext("/v2/", exchange -> {
            attempts.incrementAndGet();
            answer(exchange, 403, new byte[0]);
        });

        assertThatThrownBy(() -> registry(Optional.empty()).push(built.layout(), built.image()))
                .isInstanceOfSatisfying(
                        UserError.class,
                        error -> assertThat(error.fix())
                                .contains("give credentials that are allowed this in this repository"));

        assertThat(attempts).hasValue(1);
    }

    @Test
    void aBlobThatIsTooLargeInOnePieceGoesInPieces() throws Exception {
        var received = new ByteArrayOutputStream();
        server.createContext("/v2/", exchange -> {
            note(exchange);
            exchange.getResponseHeaders().set("Location", "/v2/team/app/blobs/uploads/1?state=x");
            var body = exchange.getRequestBody().readAllBytes();
            switch (exchange.getRequestMethod()) {
                case "HEAD" -> answer(exchange, 404, new byte[0]);
                case "PATCH" -> {
                    received.writeBytes(body);
                    answer(exchange, 202, new byte[0]);
                }
                case "PUT" -> answer(exchange, body.length > 5 << 20 ? 413 : 201, new byte[0]);
                default -> answer(exchange, 202, new byte[0]);
            }
        });

        registry(Optional.empty()).push(built.layout(), built.image());

        assertThat(received.toByteArray())
                .isEqualTo(Files.readAllBytes(built.layout().blob(built.layer())));
        assertThat(requests).contains("PUT /v2/team/app/blobs/uploads/1?state=x&digest=" + built.layer());
    }

    @Test
    void anotherManifestThanAskedForIsRefused() {
        server.createContext("/v2/", exchange -> answer(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() ->
                        registry(Optional.empty()).fetch(built.image(), OciLayout.at(temporary.resolve("fetched"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("gives another image");
    }

    @Test
    void aManifestWithoutEndIsRefused() {
        server.createContext("/v2/", exchange -> answer(exchange, 200, new byte[5 << 20]));

        assertThatThrownBy(() ->
                        registry(Optional.empty()).fetch(built.image(), OciLayout.at(temporary.resolve("fetched"))))
                .isInstanceOf(UserError.class);
    }

    private byte[] content(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        return Files.readAllBytes(built.layout().directory().resolve("blobs/sha256/" + path.replaceFirst(".*:", "")));
    }

    private void note(HttpExchange exchange) {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, none ? -1 : body.length);
            if (!none) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private String base() {
        return base(server);
    }

    private static String base(HttpServer of) {
        return "http://localhost:" + of.getAddress().getPort();
    }

    private Registry registry(Optional<Credentials> credentials) {
        var host = URI.create(base()).getRawAuthority();
        return Registry.of(new Reference(host, "team/app"), credentials);
    }
}
