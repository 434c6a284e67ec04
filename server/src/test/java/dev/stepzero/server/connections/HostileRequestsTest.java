package dev.stepzero.server.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is broken, huge or twisted is refused as the sender's fault, and the server goes on. */
@ExtendWith(RunningServer.class)
class HostileRequestsTest {
    private static final String SEND = "/sign-in/passkey";

    private static void requireRefused(Running server, int status, String body) {
        assertThat(status).as(body).isBetween(400, 499);
        assertThat(body).doesNotContain("Exception", "\tat ");
        assertThat(server.anonymous().get("/health").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "\"text\"",
                "{\"id\":1e999999999}",
                "{\"id\":\"a\",\"id\":\"b\"}",
                "{\"id\":\"\\ud800\"}",
                "{\"id\":\u0000}",
                "deep",
                "number",
                "long"
            })
    void brokenJsonIsTheSendersFault(String json, Running server) {
        var body = switch (json) {
            case "deep" -> "[".repeat(100_000);
            case "number" -> "{\"id\":" + "9".repeat(100_000) + "}";
            case "long" -> "{\"id\":\"" + "x".repeat(2_000_000) + "\"}";
            default -> json;
        };

        var answer = server.anonymous().send("POST", SEND, body, Map.of("Content-Type", "application/json"));

        requireRefused(server, answer.statusCode(), answer.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;charset=UTF-16",
                "application/json;charset=no-such",
                "multipart/form-data",
                "multipart/form-data;boundary=",
                "multipart/form-data;boundary=b",
                "text/xml",
                "nothing/at;;all",
                "application/x-www-form-urlencoded;charset=no-such"
            })
    void aBodyThatIsNotWhatItSaysIsTheSendersFault(String type, Running server) {
        var body = "--b\r\nContent-Disposition: form-data; name=\"" + "x".repeat(100_000) + "\r\n\r\n--";

        var answer = server.anonymous().send("POST", SEND, body, Map.of("Content-Type", type));

        requireRefused(server, answer.statusCode(), answer.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: LARGE\r\n\r\n",
                "GET /LARGE HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /?LARGE HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nHost: other\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET /a%2f..%2f..%2fetc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /findings\\..\\ HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
                "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nzzzz",
                "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked, gzip\r\n\r\n",
                "\u0000\u0001\u0002\u0003\r\n\r\n"
            })
    void aBrokenHeadIsTheSendersFault(String head, Running server) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(head.replace("LARGE", "x".repeat(100_000)).getBytes(StandardCharsets.ISO_8859_1));
            var answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);

            assertThat(answer).matches("HTTP/1.1 (4..|505)|");
        } catch (java.net.SocketException e) {
            // It was closed while the rest was sent: refused, and as clearly.
            assertThat(e).isNotNull();
        }
        assertThat(server.anonymous().get("/health").statusCode()).isEqualTo(200);
    }
}
