package dev.stepzero.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.core.egress.AddressRange;
import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.identity.Roles;
import dev.stepzero.server.ListenAddress;
import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import dev.stepzero.server.Server;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.server.proxy.TrustedProxies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningServer.class)
class TlsTest {
    private static final Authorities ROOT = Authorities.root("root");
    private static final String TLS_1_1_HELLO =
            "16030100310100002d0302" + "5a".repeat(32) + "00" + "0006" + "c014c013002f" + "0100";

    @TempDir
    static Path directory;

    private static Running plain;
    private static Running server;
    private static TlsFiles files;

    @BeforeAll
    static void start(Running running) throws Exception {
        plain = running;
        files = new TlsFiles(directory.resolve("cert"), directory.resolve("key"));
        show(ROOT.signs("localhost"));
        var proxies =
                new TrustedProxies(List.of(AddressRange.parse("127.0.0.1")), TrustedProxies.Header.X_FORWARDED_FOR);
        var settings = new ServerSettings(
                ListenAddress.parse("127.0.0.1:0"),
                Optional.of(files),
                Optional.empty(),
                Optional.empty(),
                proxies,
                running.home(),
                Map.of());
        server = new Running(Server.start(settings), running.home(), new AtomicInteger());
        // It would look at the files itself now and then, which is what a test does here.
        server.part(Tls.class).destroy();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.server().close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void browsersAreToldToComeByTlsOnly(String protocol) throws Exception {
        try (var socket = socket(protocol)) {
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            assertThat(socket.getSession().getCipherSuite()).matches("TLS_(AES|CHACHA20|ECDHE).*(GCM|POLY1305).*");
        }
        var answer = get(server.address().resolve("/sign-in"), Map.of());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                .hasValueSatisfying(value -> assertThat(value).contains("max-age=63072000"));
        assertThat(answer.headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).startsWith("__Host-").contains("Secure"));
    }

    @Test
    void olderProtocolsAndPlainHttpGetNothing() throws Exception {
        assertThat(raw(HexFormat.of().parseHex(TLS_1_1_HELLO))).as("an alert").startsWith("15");
        assertThat(raw("GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .doesNotContain(HexFormat.of().formatHex("Sign in".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aNewCertificateIsShownWithoutARestartAndAWrongOneIsNot() throws Exception {
        var next = ROOT.signs("localhost");
        show(next);
        assertThat(server.part(Tls.class).refresh()).isTrue();
        assertThat(server.part(Tls.class).refresh()).as("the same once more").isFalse();
        assertThat(shown()).isEqualTo(next.certificate());

        Authorities.write(files.certificate(), ROOT.signs("localhost").certificate());
        assertThat(server.part(Tls.class).refresh()).as("without its key").isFalse();
        assertThat(shown()).isEqualTo(next.certificate());

        var later = ROOT.signs("localhost");
        show(later);
        assertThat(server.part(Tls.class).refresh()).isTrue();
        assertThat(shown()).isEqualTo(later.certificate());
    }

    @Test
    void aServerStartsWithACertificateThatEndedAndNotWithAnothersKey() throws Exception {
        var ended = ROOT.signs("localhost", Instant.now().minus(Duration.ofDays(90)), Duration.ofDays(1), false);
        var old = new TlsFiles(
                Authorities.write(directory.resolve("old.cert"), ended.certificate()),
                Authorities.write(directory.resolve("old.key"), ended.keys().getPrivate()));
        try (var started = Server.start(settings(old))) {
            assertThat(started.address().getScheme()).isEqualTo("https");
        }

        var mixed = new TlsFiles(files.certificate(), old.key());
        assertThatThrownBy(() -> Server.start(settings(mixed)).close())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("does not belong");
    }

    @Test
    void anAddressCountsFromATrustedProxyOnly() throws Exception {
        assertThat(usedFrom(server, "198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(usedFrom(server, "192.0.2.1, 198.51.100.8")).isEqualTo("198.51.100.8");
        assertThat(usedFrom(plain, "198.51.100.7"))
                .as("nobody is trusted there")
                .isEqualTo("127.0.0.1");
    }

    private static String usedFrom(Running on, String forwarded) throws Exception {
        var grant = Grant.everywhere(Role.VIEWER);
        Person person = plain.person(grant);
        var tokens = on.part(ApiTokens.class);
        var token = tokens.create(person, Roles.NONE.with(grant), "t", grant, false, Duration.ofDays(1));
        var answer = get(
                on.address().resolve("/api/v1/me"),
                Map.of("Authorization", "Bearer " + token.text(), "X-Forwarded-For", forwarded));
        assertThat(answer.statusCode()).isEqualTo(200);
        return tokens.of(person.id()).getFirst().usedFrom();
    }

    private static void show(Authorities certificate) {
        Authorities.write(files.certificate(), certificate.certificate());
        Authorities.write(files.key(), certificate.keys().getPrivate());
    }

    private static ServerSettings settings(TlsFiles files) {
        return new ServerSettings(
                ListenAddress.parse("127.0.0.1:0"), Optional.of(files), Optional.empty(), plain.home(), Map.of());
    }

    private static X509Certificate shown() throws Exception {
        try (var socket = socket("TLSv1.3")) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static SSLSocket socket(String protocol) throws Exception {
        var socket = (SSLSocket) trust().getSocketFactory()
                .createSocket("localhost", server.address().getPort());
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    private static String raw(byte[] sent) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(sent);
            return HexFormat.of().formatHex(socket.getInputStream().readNBytes(4096));
        }
    }

    private static HttpResponse<String> get(URI address, Map<String, String> headers) throws Exception {
        try (var client = HttpClient.newBuilder().sslContext(trust()).build()) {
            var request = HttpRequest.newBuilder(address);
            headers.forEach(request::header);
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static SSLContext trust() throws Exception {
        return trusting(ROOT.certificate());
    }

    static SSLContext trusting(X509Certificate root) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", root);
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
