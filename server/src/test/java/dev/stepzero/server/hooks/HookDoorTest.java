package dev.stepzero.server.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.identity.SealingKey;
import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.forge.endpoint.WebhookSecretBook;
import dev.stepzero.ship.forge.inbox.Refusals;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What forges deliver, from the door to the worker. */
@ExtendWith(RunningServer.class)
class HookDoorTest {
    private static final String SECRET = "correct horse battery staple";
    private static final String PING = "{\"zen\":\"%s\"}";

    private final Running server;
    private final String project;

    HookDoorTest(Running server) {
        this.server = server;
        this.project = "hooked-" + server.counter().incrementAndGet();
    }

    @BeforeEach
    void configure() {
        // Nobody works on what was stored before a test says so.
        server.part(DeliveryWorker.class).stop();
        register(project);
        addSecret(project, SECRET);
        server.part(EndpointBook.class).forget();
    }

    @AfterEach
    void goOn() {
        server.part(DeliveryWorker.class).start();
    }

    @Test
    void aDeliveryIsStoredAndAnswered() {
        var answer = deliver(project, "id-1", PING.formatted("one"), SECRET);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("\"answer\":\"stored\"");
        assertThat(states()).containsExactly("waiting");
    }

    @Test
    void aRepeatStartsNothing() {
        deliver(project, "id-1", PING.formatted("one"), SECRET);

        var again = deliver(project, "id-1", PING.formatted("one"), SECRET);
        var oldIdNewContent = deliver(project, "id-1", PING.formatted("two"), SECRET);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("already here as delivery");
        assertThat(oldIdNewContent.statusCode()).isEqualTo(409);
        assertThat(states()).hasSize(1);
    }

    @Test
    void whatWasStoredBeforeAKillIsWorkedOnAfter() {
        deliver(project, "id-1", PING.formatted("killed"), SECRET);
        // As after kill -9 of a worker: the delivery is taken, and its lease has run out.
        server.part(Jdbi.class)
                .useHandle(handle -> handle.execute(
                        "update webhook_delivery set state = 'working', attempts = 1, due_at = now() - interval '1 second'"
                                + " where project = ?",
                        project));

        server.part(DeliveryWorker.class).start();

        await(() -> states().equals(List.of("handled")));
        var again = deliver(project, "id-1", PING.formatted("killed"), SECRET);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("already handled: the forge asked whether somebody is here");
    }

    @Test
    void whoIsNotBelievedLearnsNothing() {
        register(project + "-mute");
        server.part(EndpointBook.class).forget();
        var wrong = deliver(project, "id-1", PING.formatted("one"), "another secret altogether");
        var unknown = deliver("no-such-project", "id-1", PING.formatted("one"), SECRET);
        var mute = deliver(project + "-mute", "id-1", PING.formatted("one"), SECRET);
        var otherForge = send("/hooks/gitea/" + project, PING, headers("id-1", PING, SECRET));
        var noForge = send("/hooks/sourcehut/" + project, PING, headers("id-1", PING, SECRET));
        var own = send("/hooks/stepzero/" + project, PING, headers("id-1", PING, SECRET));

        var bodies = new HashSet<String>();
        for (var answer : List.of(wrong, unknown, mute, otherForge, noForge, own)) {
            assertThat(answer.statusCode()).isEqualTo(403);
            bodies.add(answer.body().replaceAll("\"instance\":\"[^\"]*\"", ""));
        }
        assertThat(bodies).hasSize(1);
        assertThat(states()).isEmpty();
        await(() -> !server.part(Refusals.class).latest(project, 10).isEmpty());
        assertThat(server.part(Refusals.class).latest(project, 10)).anySatisfy(refusal -> {
            assertThat(refusal.reason()).isEqualTo("the signature is wrong");
            assertThat(refusal.source()).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void bothSecretsCountWhileOneIsReplaced() {
        addSecret(project, "the new secret of the hook");
        server.part(EndpointBook.class).forget();

        assertThat(deliver(project, "id-1", PING.formatted("old"), SECRET).statusCode())
                .isEqualTo(202);
        assertThat(deliver(project, "id-2", PING.formatted("new"), "the new secret of the hook")
                        .statusCode())
                .isEqualTo(202);

        server.part(WebhookSecretBook.class).endOld(project);
        server.part(EndpointBook.class).forget();

        assertThat(deliver(project, "id-3", PING.formatted("late"), SECRET).statusCode())
                .isEqualTo(403);
    }

    @Test
    void secretsAreNotInTheDatabaseAsTheyAre() {
        var sealed = server.part(Jdbi.class)
                .withHandle(handle -> handle.createQuery("select sealed from webhook_secret where project = ?")
                        .bind(0, project)
                        .mapTo(byte[].class)
                        .one());

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
        assertThat(server.part(SealingKey.class).open(sealed, "webhook secret of " + project))
                .isEqualTo(SECRET.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aSealThatDoesNotOpenKeepsNoOtherProjectFromBeingHeard() {
        register(project + "-broken");
        addSecret(project + "-broken", SECRET);
        server.part(Jdbi.class)
                .useHandle(handle -> handle.execute(
                        "update webhook_secret set sealed = decode(repeat('00', 40), 'hex') where project = ?",
                        project + "-broken"));
        server.part(EndpointBook.class).forget();

        assertThat(deliver(project + "-broken", "id-1", PING.formatted("one"), SECRET)
                        .statusCode())
                .isEqualTo(403);
        assertThat(deliver(project, "id-1", PING.formatted("one"), SECRET).statusCode())
                .isEqualTo(202);
    }

    @Test
    void aFormIsSignedAsItWasSent() {
        var form = "payload=%7B%22zen%22%3A%22form%22%7D";
        var headers = new java.util.HashMap<>(headers("id-1", form, SECRET));
        headers.put("Content-Type", "application/x-www-form-urlencoded");

        assertThat(send("/hooks/github/" + project, form, headers).statusCode()).isEqualTo(202);
    }

    @Test
    void whatIsTooLargeIsNotRead() throws IOException {
        var head = """
                POST /hooks/github/%s HTTP/1.1\r
                Host: localhost\r
                Content-Length: 26214401\r
                \r
                """.formatted(project);
        var chunked = """
                POST /hooks/github/%s HTTP/1.1\r
                Host: localhost\r
                Transfer-Encoding: chunked\r
                \r
                """.formatted(project);

        assertThat(raw(head, out -> {})).startsWith("HTTP/1.1 413");
        assertThat(raw(chunked, out -> {
                    var chunk = new byte[1 << 20];
                    for (var i = 0; i < 26; i++) {
                        out.write("100000\r\n".getBytes(StandardCharsets.US_ASCII));
                        out.write(chunk);
                        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                }))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void whoGuessesIsHeldUpAndTheForgeBesideIsNot() {
        deliver(project, "id-0", PING.formatted("zero"), SECRET);
        for (var i = 0; i < 40; i++) {
            deliver(project, "id-1", PING.formatted("guess"), "a guessed secret " + i);
        }
        var stranger = "guessed-" + server.counter().incrementAndGet();
        // One more is read every other second, so that of those after the thirtieth most are held up, and not each.
        var heldUp = Stream.generate(() -> deliver(stranger, "id-1", PING.formatted("guess"), SECRET))
                .limit(100)
                .filter(answer -> answer.statusCode() == 429)
                .findFirst();

        assertThat(heldUp)
                .hasValueSatisfying(answer ->
                        assertThat(answer.headers().firstValue("Retry-After")).contains("30"));
        assertThat(deliver(project, "id-2", PING.formatted("real"), SECRET).statusCode())
                .as("the forge was believed from there before")
                .isEqualTo(202);
    }

    @Test
    void manyAtOnceAreAllStored() throws Exception {
        var many = 300;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = java.util.stream.IntStream.range(0, many)
                    .mapToObj(i ->
                            threads.submit(() -> deliver(project, "many-" + i, PING.formatted("many " + i), SECRET)
                                    .statusCode()))
                    .toList();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(202);
            }
        }

        assertThat(states()).hasSize(many);
    }

    private interface Sending {
        void to(OutputStream out) throws IOException;
    }

    private String raw(String head, Sending body) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.address().getPort())) {
            socket.setSoTimeout(20_000);
            var out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            try {
                body.to(out);
            } catch (IOException e) {
                // The server has answered and hung up, as it may.
            }
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    private void register(String name) {
        server.part(Projects.class)
                .register(RegisteredProject.of(
                        name,
                        "https://forge.invalid/acme/shop.git",
                        "github",
                        "main",
                        List.of("production"),
                        ProjectSettings.DEFAULTS,
                        "ada"));
    }

    private void addSecret(String name, String secret) {
        server.part(WebhookSecretBook.class).add(name, secret, Duration.ofHours(1));
    }

    private HttpResponse<String> deliver(String project, String id, String body, String secret) {
        return send("/hooks/github/" + project, body, headers(id, body, secret));
    }

    private HttpResponse<String> send(String path, String body, Map<String, String> headers) {
        return server.anonymous().send("POST", path, body, headers);
    }

    private static Map<String, String> headers(String id, String body, String secret) {
        return Map.of(
                "Content-Type",
                "application/json",
                "X-GitHub-Event",
                "ping",
                "X-GitHub-Delivery",
                id,
                "X-Hub-Signature-256",
                "sha256=" + hmac(body, secret));
    }

    private static String hmac(String body, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> states() {
        return server.part(Jdbi.class)
                .withHandle(handle -> handle.createQuery("select state from webhook_delivery where project = ?")
                        .bind(0, project)
                        .mapTo(String.class)
                        .list());
    }

    private static void await(BooleanSupplier condition) {
        var until = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(until);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
