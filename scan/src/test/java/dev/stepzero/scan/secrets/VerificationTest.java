package dev.stepzero.scan.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Home;
import dev.stepzero.core.Severity;
import dev.stepzero.core.egress.AddressRange;
import dev.stepzero.core.egress.EgressGuard;
import dev.stepzero.rules.secrets.SecretRule;
import dev.stepzero.rules.secrets.SecretRulebook;
import dev.stepzero.rules.secrets.Specimen;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {
    @TempDir
    Path temporary;

    private final SecretRule rule =
            SecretRulebook.builtIn().rule("secret-github-pat").orElseThrow();
    private final SplittableRandom random = new SplittableRandom(1);
    private final String token = Specimen.of(rule, random);
    private HttpServer server;
    private String says = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Finding finding(Predicate<String> accepts) throws Exception {
        return findingOf(exchange -> {
            var header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(accepts.test(header) ? 200 : 401, -1);
            exchange.close();
        });
    }

    private Finding findingOf(HttpHandler answers) throws Exception {
        server.createContext("/user", answers);
        server.start();
        return finding(server.getAddress().getPort());
    }

    private Finding finding(int port) throws Exception {
        return findings(port, token).getFirst();
    }

    private List<Finding> findings(int port, String... tokens) throws Exception {
        var url = "http://127.0.0.1:%d/user".formatted(port);
        var probe = new SecretRule.Probe(
                "GET", url, "Authorization: Bearer {secret}", "", 200, says, List.of(401), List.of("revoked"));
        var asking = new SecretRule(
                rule.id(),
                rule.title(),
                rule.severity(),
                rule.aliases(),
                rule.keywords(),
                rule.form(),
                rule.expression(),
                rule.back(),
                rule.path(),
                rule.entropy(),
                rule.checksum(),
                rule.companion(),
                rule.why(),
                rule.fix(),
                Optional.of(probe));
        var sightings = new Sightings(SecretHash.of(List.of(), new Home(temporary)));
        for (var each : tokens) {
            sightings.add(new Hit(asking, each, 0, each.length(), false, List.of("x")), new Place("a", 1, ""));
        }
        var guard = EgressGuard.allowing(Set.of(AddressRange.parse("127.0.0.1/32")));
        new Verification(Issuer.over(guard, Duration.ofMillis(300)), new SplittableRandom(2))
                .ask(sightings.all(), new Journal(sightings));
        return sightings.findings();
    }

    private static HttpHandler status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        };
    }

    /** An issuer that speaks as it likes, to everybody who comes. */
    private static ServerSocket speaking(AtomicInteger asked, Consumer<OutputStream> words) throws IOException {
        var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    var socket = listening.accept();
                    asked.incrementAndGet();
                    Thread.ofVirtual().start(() -> {
                        try (socket) {
                            words.accept(socket.getOutputStream());
                        } catch (IOException | UncheckedIOException e) {
                            // Whoever asked has gone.
                        }
                    });
                }
            } catch (IOException e) {
                // The test is over.
            }
        });
        return listening;
    }

    @Test
    void aKeyIsLiveWhereItsIssuerTakesItAndRefusesAnInventedOne() throws Exception {
        var finding = finding(("Bearer " + token)::equals);

        assertThat(finding.message()).contains("says that it is live");
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void anIssuerThatTakesAnythingTellsNothing() throws Exception {
        assertThat(finding(header -> true).message())
                .contains("says yes to anything")
                .doesNotContain("live");
    }

    @Test
    void aKeyThatItsIssuerRefusesIsOfLittleWeight() throws Exception {
        var finding = finding(header -> false);

        assertThat(finding.message()).contains("does not know it");
        assertThat(finding.severity()).isEqualTo(Severity.LOW);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 403, 404, 429, 500, 503})
    void anIssuerThatDoesNotRefuseAMadeUpKeyInSoManyWordsTellsNothing(int status) throws Exception {
        var finding = findingOf(status(status, "Location", "http://127.0.0.1:1/elsewhere"));

        assertThat(finding.message()).contains("does not refuse a made-up one (status %d)".formatted(status));
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void anAnswerOfAnotherKindTellsNothingOfTheKey() throws Exception {
        var finding = findingOf(exchange -> {
            var header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            status(header.endsWith(token) ? 429 : 401).handle(exchange);
        });

        assertThat(finding.message()).contains("answered with the status 429");
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void aFailureOfTheIssuerUnderTheStatusOfALiveKeyIsNoRefusal() throws Exception {
        says = "\"ok\":true";
        var finding = findingOf(exchange -> {
            var header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            var said = (header.endsWith(token) ? "{\"ok\":false,\"error\":\"internal\"}" : "revoked").getBytes(UTF_8);
            exchange.sendResponseHeaders(200, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        });

        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.message()).contains("which tells nothing");
    }

    @Test
    void ofAnIssuerThatNeverAnswersOneKeyIsAskedAboutAndTheOthersAreNot() throws Exception {
        var asked = new AtomicInteger();
        var quiet = new CountDownLatch(1);
        var others = Stream.generate(() -> Specimen.of(rule, random)).limit(20).toArray(String[]::new);
        try (var silent = speaking(asked, _ -> waitFor(quiet))) {
            var findings = findings(silent.getLocalPort(), others);

            assertThat(findings).hasSize(20).allSatisfy(finding -> {
                assertThat(finding.message()).contains("could not be asked: it does not answer");
                assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
            });
            assertThat(asked).hasValue(1);
        } finally {
            quiet.countDown();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anAnswerThatNeverEndsIsReadForALittleWhileOnly() throws Exception {
        var beginning = "HTTP/1.1 401 Unauthorized\r\n\r\n".getBytes(UTF_8);
        try (var endless = speaking(new AtomicInteger(), out -> {
            try {
                out.write(beginning);
                while (true) {
                    out.write(new byte[1 << 16]);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        })) {
            assertThat(finding(endless.getLocalPort()).message()).contains("does not know it");
        }
    }

    @Test
    void whatWasSaidWhenTheTimeIsUpIsTheAnswer() throws Exception {
        var quiet = new CountDownLatch(1);
        try (var slow = speaking(new AtomicInteger(), out -> {
            try {
                out.write("HTTP/1.1 401 Unauthorized\r\nX-Slow: ".getBytes(UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            waitFor(quiet);
        })) {
            assertThat(finding(slow.getLocalPort()).message()).contains("does not know it");
        } finally {
            quiet.countDown();
        }
    }

    @Test
    void noAnswerShowsTheKey() throws Exception {
        assertThat(findingOf(exchange -> {
                            exchange.getResponseHeaders()
                                    .add("X-Echo", exchange.getRequestHeaders().getFirst("Authorization"));
                            status(418).handle(exchange);
                        })
                        .toString())
                .doesNotContain(token);
    }

    @Test
    void addressesThatAreNotForEverybodyAreNotAsked() {
        var probe = new SecretRule.Probe("GET", "https://127.0.0.1/", "", "", 200, "", List.of(), List.of());

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> Issuer.overTheNetwork().ask(probe, token)))
                .hasMessageContaining("not for everybody");
    }
}
