package dev.stepzero.ship.forge.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.core.egress.EgressGuard;
import dev.stepzero.ship.forge.client.RecordedForge.Answered;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForgeConnectionTest {
    private RecordedForge forge;
    private ForgeConnection connection;

    @BeforeEach
    void start() throws IOException {
        forge = new RecordedForge();
        connection = forge.connection("/");
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    private static Answered status(int status, String... headers) {
        return new Answered(status, "{}", headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]));
    }

    @Test
    void aStumbleIsTriedAgainAfterAPause() throws Exception {
        forge.on("GET /x", status(502), status(503), Answered.ok("{'a':1}"));

        assertThat(connection.get("x").path("a").intValue()).isEqualTo(1);

        assertThat(forge.clock.slept).hasSize(2).allMatch(time -> time.toMillis() >= 250 && time.toMillis() <= 1000);
    }

    @Test
    void whatMakesSomethingNewIsRepeatedOnlyIfItSurelyWasNotDone() throws Exception {
        forge.on("POST /x", status(502), Answered.ok("{}"));
        forge.on("POST /y", status(503), Answered.ok("{}"));

        assertThatThrownBy(() -> connection.create("x", Map.of())).isInstanceOf(UserError.class);
        connection.create("y", Map.of());

        assertThat(forge.asked.stream().filter(each -> each.path().equals("/x")))
                .hasSize(1);
        assertThat(forge.asked.stream().filter(each -> each.path().equals("/y")))
                .hasSize(2);
    }

    @Test
    void aShortRateLimitIsWaitedForAndALongOneIsKept() throws Exception {
        forge.on("GET /x", status(429, "Retry-After", "20"), Answered.ok("{}"));
        connection.get("x");
        assertThat(forge.clock.slept).first().isEqualTo(Duration.ofSeconds(20));
        var reset = Long.toString(forge.clock.now.plusSeconds(900).getEpochSecond());
        forge.on("GET /x", new Answered(403, "{}", Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset)));

        assertThatThrownBy(() -> connection.get("x")).hasMessageContaining("too many requests");
        var asked = forge.asked.size();
        assertThatThrownBy(() -> connection.get("other")).hasMessageContaining("left alone");

        assertThat(forge.asked).as("nothing was sent meanwhile").hasSize(asked);
        forge.clock.sleep(Duration.ofSeconds(901));
        connection.get("other");
    }

    @Test
    void aForgeThatIsDownIsLeftAloneAndThenTriedOnce() {
        forge.on("GET /x", status(500));
        assertThatThrownBy(() -> connection.get("x")).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> connection.get("x")).isInstanceOf(UserError.class);
        var asked = forge.asked.size();
        assertThat(asked).isEqualTo(5);
        assertThatThrownBy(() -> connection.get("x")).hasMessageContaining("left alone");
        assertThat(forge.asked).hasSize(asked);

        forge.clock.sleep(Duration.ofSeconds(31));
        assertThatThrownBy(() -> connection.get("x")).isInstanceOf(UserError.class);

        assertThat(forge.asked).hasSize(asked + 1);
    }

    @Test
    void anotherForgeIsNotHeldUpByOneThatIsDown() throws Exception {
        forge.on("GET /x", status(500));
        var other = forge.connection("/other/");
        assertThatThrownBy(() -> connection.get("x")).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> connection.get("x")).isInstanceOf(UserError.class);

        assertThat(other.get("y")).isEmpty();
    }

    @Test
    void aRenamedRepositoryIsFoundWithinTheSameHostOnly() throws Exception {
        forge.on("GET /repos/o/old", status(301, "Location", "/repositories/9"));
        forge.on("GET /repositories/9", Answered.ok("{'full_name':'o/new'}"));
        assertThat(connection.get("repos/o/old").path("full_name").stringValue())
                .isEqualTo("o/new");
        assertThat(connection.moved()).contains(forge.address("/repositories/9"));
        for (var elsewhere : List.of(
                "http://127.0.0.1:1/x",
                "https://evil.example/",
                "//evil.example/x",
                "http://127.0.0.1.evil.example/",
                "::",
                "")) {
            forge.on("GET /repos/o/old", status(301, "Location", elsewhere));
            assertThatThrownBy(() -> connection.get("repos/o/old"))
                    .as(elsewhere)
                    .isInstanceOf(UserError.class);
        }
        forge.on("GET /a", status(302, "Location", "/b")).on("GET /b", status(302, "Location", "/a"));
        assertThatThrownBy(() -> connection.get("a")).hasMessageContaining("circles");
    }

    @Test
    void aChangeIsNotSentToWhereARepositoryHasMoved() {
        forge.on("POST /repos/o/old/statuses", status(307, "Location", "/repositories/9/statuses"));

        assertThatThrownBy(() -> connection.set("POST", "repos/o/old/statuses", Map.of()))
                .isInstanceOfSatisfying(
                        UserError.class,
                        e -> assertThat(e.fix()).get().asString().contains("/repositories/9"));

        assertThat(forge.asked).hasSize(1);
    }

    @Test
    void refusalsSayWhatToDoAndNeverTheToken() {
        forge.on("GET /x", new Answered(401, "{\"message\":\"Bad credentials \\u001b[31m\"}", Map.of()));

        assertThatThrownBy(() -> connection.get("x")).isInstanceOfSatisfying(UserError.class, e -> {
            assertThat(e.what()).contains("401", "Bad credentials").doesNotContain("t0ken");
            assertThat(e.fix()).contains("set a token that is valid and not expired");
        });
        forge.on("GET /x", new Answered(200, "<html>", Map.of()));
        assertThatThrownBy(() -> connection.get("x")).hasMessageContaining("not JSON");
    }

    @Test
    void theConnectionGoesToTheAddressThatWasJudgedHoweverTheNameChanges() throws Exception {
        var asked = new AtomicInteger();
        // A name that is public when it is judged, and this machine afterwards.
        var rebinding = new EgressGuard(
                Set.of(),
                host -> List.of(InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "192.0.2.1" : "127.0.0.1")));
        try (var http = ForgeHttp.start(rebinding, Duration.ofSeconds(5))) {
            var port = forge.address("/").getPort();
            var guarded = new ForgeConnection(
                    URI.create("https://rebinding.example:" + port), Authorization.token("t"), http, forge.patience());

            assertThatThrownBy(() -> guarded.get("x")).isInstanceOf(UserError.class);
            assertThatThrownBy(() -> guarded.get("x")).isInstanceOf(UserError.class);
        }
        assertThat(forge.asked).isEmpty();
    }

    @Test
    void addressesThatAreClosedAreNotAsked() throws Exception {
        try (var http = ForgeHttp.start(EgressGuard.allowing(Set.of()), Duration.ofSeconds(5))) {
            for (var address : List.of(
                    "http://127.0.0.1:" + forge.address("/").getPort(),
                    "https://169.254.169.254",
                    "https://[::1]",
                    "https://localhost")) {
                var guarded =
                        new ForgeConnection(URI.create(address), Authorization.token("t"), http, forge.patience());
                assertThatThrownBy(() -> guarded.get("latest/meta-data"))
                        .as(address)
                        .isInstanceOf(UserError.class);
            }
        }
        assertThat(forge.asked).isEmpty();
    }
}
