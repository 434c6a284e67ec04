package dev.stepzero.invoicer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestLogTest {
    @Test
    void a_request_is_one_line_in_the_envelope_of_mozlog() {
        try (var app = RunningApp.start()) {
            var answer = app.get("/invoice/0?code=hidden", "User-Agent", "test");

            var rid = answer.headers().firstValue("X-Request-Id").orElseThrow();
            assertThat(app.log().lines().filter(line -> line.contains(rid)))
                    .singleElement()
                    .asString()
                    .matches("\\{\"Timestamp\":[0-9]{19},\"Time\":\"[-0-9T:.]+Z\",\"Type\":\"app.log\""
                            + ",\"Logger\":\"invoicer\",\"Hostname\":\"host\",\"EnvVersion\":\"2.0\",\"Pid\":1,\"Severity\":6"
                            + ",\"Fields\":\\{\"type\":\"request\",\"msg\":\"GET /invoice/0 404\",\"rid\":\"" + rid
                            + "\",\"method\":\"GET\",\"path\":\"/invoice/0\",\"status\":404,\"duration-ms\":[0-9]+"
                            + ",\"user\":\"admin\",\"remote-address\":\"127.0.0.1\",\"user-agent\":\"test\"}}");
        }
    }

    @Test
    void changes_are_logged_as_actions_of_their_request() {
        try (var app = RunningApp.start()) {
            var path = app.create("{}");
            app.put(path, "{}");
            app.delete(path);

            var id = path.replace("/invoice/", "");
            assertThat(app.log())
                    .containsSubsequence(
                            "\"action\":\"post-invoice\",\"invoice\":" + id + ",\"user\":\"admin\"",
                            "\"action\":\"put-invoice\",\"invoice\":" + id,
                            "\"action\":\"delete-invoice\",\"invoice\":" + id);
        }
    }

    @Test
    void nothing_secret_is_logged() {
        try (var app = RunningApp.start()) {
            app.get(
                    "/invoice/0?code=oauth-code",
                    "Cookie",
                    "invoicer-session=cookie-value",
                    "X-CSRF-Token",
                    "csrf-value");

            assertThat(app.log())
                    .doesNotContain(RunningApp.PASSWORD, "oauth-code", "cookie-value", "csrf-value")
                    .doesNotContain(
                            RunningApp.basic("admin", RunningApp.PASSWORD).substring(6));
        }
    }

    @Test
    void a_caller_cannot_forge_a_line_nor_steer_a_terminal() throws Exception {
        try (var app = RunningApp.start();
                var socket = new Socket("127.0.0.1", app.port())) {
            var request = "GET /__heartbeat__ HTTP/1.1\r\nHost: x\r\nUser-Agent: a\"}\u00ff\u0085\u009b31m\tz\r\n"
                    + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getInputStream().readAllBytes();

            assertThat(app.log()).matches("[\\x20-\\x7e\\r\\n]*");
            assertThat(app.log().lines()).hasSize(2).allMatch(line -> line.startsWith("{") && line.endsWith("}}"));
        }
    }
}
