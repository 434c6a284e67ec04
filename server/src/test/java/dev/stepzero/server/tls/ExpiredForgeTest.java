package dev.stepzero.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.stepzero.core.UserError;
import dev.stepzero.core.egress.AddressRange;
import dev.stepzero.core.egress.EgressGuard;
import dev.stepzero.ship.forge.client.Authorization;
import dev.stepzero.ship.forge.client.ForgeClient;
import dev.stepzero.ship.forge.client.ForgeConnection;
import dev.stepzero.ship.forge.client.ForgeHttp;
import dev.stepzero.ship.forge.client.GiteaClient;
import dev.stepzero.ship.forge.client.Patience;
import dev.stepzero.ship.forge.client.Report;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forges whose certificates do not count. */
class ExpiredForgeTest {
    private static final String NAME = "forge.example";
    private static final Report REPORT = new Report(
            "acme/shop",
            "c".repeat(40),
            OptionalLong.empty(),
            1,
            "stepzero",
            Report.State.RUNNING,
            "Stepzero looks at it",
            List.of(),
            List.of(),
            URI.create("https://stepzero.example/projects/shop/runs/1"));
    private static final char[] WORD = "changeit".toCharArray();

    @TempDir
    Path directory;

    private final Authorities root = Authorities.root("Test root");
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Duration> slept = new ArrayList<>();
    private final List<HttpsServer> forges = new ArrayList<>();
    private ForgeHttp http;

    @BeforeEach
    void trustTheRoot() throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("root", root.certificate());
        var file = directory.resolve("trusted.p12");
        try (var out = Files.newOutputStream(file)) {
            trusted.store(out, WORD);
        }
        System.setProperty("javax.net.ssl.trustStore", file.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", new String(WORD));
        try {
            http = ForgeHttp.start(
                    EgressGuard.allowing(Set.of(AddressRange.parse("127.0.0.1/32"))), Duration.ofSeconds(20));
        } finally {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
    }

    @AfterEach
    void stop() {
        http.close();
        forges.forEach(forge -> forge.stop(0));
    }

    private ForgeClient forge(Authorities certificate, int port) throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("forge", certificate.keys().getPrivate(), WORD, new Certificate[] {certificate.certificate()});
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, WORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var forge = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        forge.setHttpsConfigurator(new HttpsConfigurator(context));
        forge.createContext("/", exchange -> {
            asked.incrementAndGet();
            var answer = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        forge.start();
        forges.add(forge);
        var patience = new Patience(3, Duration.ZERO, Duration.ZERO, Clock.systemUTC(), new Random(1), slept::add);
        var address = URI.create("https://127.0.0.1:" + forge.getAddress().getPort() + "/");
        return new GiteaClient(
                new ForgeConnection(address, Authorization.token("t0ken"), http, patience), new byte[] {1});
    }

    private Authorities expired() {
        return root.signs(NAME, Instant.now().minus(Duration.ofDays(91)), Duration.ofDays(90), false);
    }

    @Test
    void aCertificateThatHasEndedIsSaidAtOnceAndNothingIsSent() throws Exception {
        var forge = forge(expired(), 0);

        assertThatThrownBy(() -> forge.tell(REPORT)).isInstanceOfSatisfying(UserError.class, e -> {
            assertThat(e.what())
                    .contains("127.0.0.1", "its certificate has ended")
                    .doesNotContain("t0ken");
            assertThat(e.fix()).get().asString().contains("have it renewed", "clock", "told again later");
        });

        assertThat(asked).hasValue(0);
        assertThat(slept).as("trying again at once does not renew it").isEmpty();
    }

    @Test
    void otherForgesAreHeardAndThisOneOnceItsCertificateIsRenewed() throws Exception {
        var forge = forge(expired(), 0);
        var other = forge(root.signs(NAME), 0);
        assertThatThrownBy(() -> forge.tell(REPORT)).isInstanceOf(UserError.class);

        other.tell(REPORT);
        assertThat(asked).hasValue(1);

        var port = forges.getFirst().getAddress().getPort();
        forges.getFirst().stop(0);
        forge(root.signs(NAME), port);
        forge.tell(REPORT);
        assertThat(asked).hasValue(2);
    }

    @Test
    void anAuthorityThatNobodyTrustsIsSaid() throws Exception {
        var forge = forge(Authorities.root("Somebody").signs(NAME), 0);

        assertThatThrownBy(() -> forge.tell(REPORT)).hasMessageContaining("an authority that is not trusted here");
        assertThat(asked).hasValue(0);
    }
}
