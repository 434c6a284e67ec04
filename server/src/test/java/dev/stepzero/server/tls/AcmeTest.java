package dev.stepzero.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.Audit;
import dev.stepzero.server.ListenAddress;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.server.proxy.TrustedProxies;
import dev.stepzero.store.process.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks Let's Encrypt's test authority, Pebble, for certificates; Debian's package {@code pebble} has it. */
class AcmeTest {
    private static final Authorities ROOT = Authorities.root("pebble's own");

    @TempDir
    static Path directory;

    private static Process pebble;
    private static URI authority;
    private static int proofs;

    private final List<Audit.Entry> audited = new ArrayList<>();

    @TempDir
    Path home;

    @BeforeAll
    static void start() throws Exception {
        var program = Stream.of(System.getenv().getOrDefault("STEPZERO_PEBBLE", ""), "/usr/bin/pebble")
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        if (!"1".equals(System.getenv("STEPZERO_REQUIRE_ENGINES"))) {
            Assumptions.assumeTrue(program.isPresent(), "no pebble is installed");
        }
        var own = ROOT.signs("localhost");
        var port = free(Set.of());
        proofs = free(Set.of(port));
        authority = URI.create("https://localhost:%d/dir".formatted(port));
        Files.writeString(directory.resolve("pebble.json"), """
                {"pebble": {"listenAddress": "127.0.0.1:%d", "certificate": "%s", "privateKey": "%s",
                            "httpPort": %d, "tlsPort": %d}}
                """.formatted(
                port,
                Authorities.write(directory.resolve("cert.pem"), own.certificate()),
                Authorities.write(directory.resolve("key.pem"), own.keys().getPrivate()),
                proofs,
                free(Set.of(port, proofs))));
        var command = new ProcessBuilder(
                        program.orElseThrow().toString(),
                        "-config",
                        directory.resolve("pebble.json").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("pebble.log").toFile());
        command.environment().put("PEBBLE_VA_NOSLEEP", "1");
        pebble = command.start();
        try (var client = HttpClient.newBuilder()
                .sslContext(TlsTest.trusting(ROOT.certificate()))
                .build()) {
            var end = Instant.now().plus(Duration.ofSeconds(60));
            while (!answers(client)) {
                if (!pebble.isAlive() || Instant.now().isAfter(end)) {
                    throw new IllegalStateException(Files.readString(directory.resolve("pebble.log")));
                }
                Thread.onSpinWait();
            }
        }
    }

    private static boolean answers(HttpClient client) throws InterruptedException {
        try {
            return client.send(HttpRequest.newBuilder(authority).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (pebble != null) {
            pebble.destroy();
            pebble.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aCertificateIsHadWithAKeyThatNobodyElseReadsAndRenewedInItsLastThird() throws Exception {
        var settings = settings("localhost");
        var renewal = new Renewal(server(settings), Clock.systemUTC(), audited::add);
        var files = settings.files(new Home(home));

        var first = ServerCertificate.read(files);
        assertThat(first.chain().getFirst().getSubjectAlternativeNames())
                .anySatisfy(name -> assertThat(name.get(1)).isEqualTo("localhost"));
        assertThat(Files.getPosixFilePermissions(files.key())).hasSize(2);
        assertThat(Files.getPosixFilePermissions(files.key().resolveSibling("account.pem")))
                .hasSize(2);
        assertThat(audited).extracting(Audit.Entry::action).containsExactly("certificate.renew");

        assertThat(renewal.renew()).as("it is new").isFalse();
        var later = Clock.offset(
                Clock.systemUTC(),
                Duration.between(Instant.now(), first.ends()).multipliedBy(3).dividedBy(4));
        var _ = new Renewal(server(settings), later, audited::add);
        var second = ServerCertificate.read(files);
        assertThat(second.chain().getFirst()).isNotEqualTo(first.chain().getFirst());
        assertThat(second.key()).as("with a key of its own").isNotEqualTo(first.key());
        renewal.destroy();
    }

    @Test
    void aDomainThatDoesNotLeadHereIsSaidToAndTheFormerCertificateStays() throws Exception {
        var settings = settings("localhost");
        var _ = new Renewal(server(settings), Clock.systemUTC(), audited::add);
        var before = Files.readString(settings.files(new Home(home)).key());

        var both = settings("localhost", "nowhere.invalid");
        var renewal = new Renewal(server(both), Clock.systemUTC(), audited::add);

        assertThat(renewal.renew()).isFalse();
        assertThat(Files.readString(both.files(new Home(home)).key())).isEqualTo(before);
        assertThat(audited.getLast().succeeded()).isFalse();
        assertThat(audited.getLast().why()).contains("nowhere.invalid");
    }

    @Test
    void withoutAnyCertificateTheServerDoesNotStart() {
        assertThatThrownBy(() -> new Renewal(server(settings("nowhere.invalid")), Clock.systemUTC(), audited::add))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no certificate came");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*.example.org", "a b", "EXAMPLE.org", "192.0.2.1", "-a.example.org", "a..b"})
    void whatIsNoDomainIsRefused(String domain) {
        assertThatThrownBy(() -> settings(domain)).isInstanceOf(UserError.class);
    }

    @Test
    void theTermsAreForTheOperatorToAgreeTo() {
        assertThatThrownBy(() -> new AcmeSettings(
                        List.of("a.example"),
                        authority,
                        Optional.empty(),
                        false,
                        "127.0.0.1",
                        proofs,
                        Optional.empty()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("terms");
    }

    private static AcmeSettings settings(String... domains) {
        return new AcmeSettings(
                List.of(domains),
                authority,
                Optional.of("operator@example.org"),
                true,
                "127.0.0.1",
                proofs,
                Optional.of(Authorities.write(directory.resolve("root.pem"), ROOT.certificate())));
    }

    private ServerSettings server(AcmeSettings settings) {
        return new ServerSettings(
                ListenAddress.parse("127.0.0.1:0"),
                Optional.empty(),
                Optional.of(settings),
                Optional.empty(),
                TrustedProxies.NONE,
                new Home(home),
                Map.of());
    }

    private static int free(Set<Integer> without) {
        return FreePort.find(new SecureRandom(), without);
    }
}
