package dev.stepzero.invoicer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.invoicer.log.AppLog;
import dev.stepzero.invoicer.settings.ListenSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileConnectionTest {
    private static WebServer server;

    @BeforeAll
    static void start() {
        var routes = new Routes(
                Call::caller,
                List.of(
                        Route.open("GET", "/", _ -> Answer.text(200, "fine")),
                        Route.open("GET", "/broken", _ -> {
                            throw new IllegalStateException("inner details");
                        }),
                        Route.open(
                                "POST",
                                "/",
                                call -> Answer.text(200, "" + call.body().read().length))));
        var log = new AppLog(new PrintStream(PrintStream.nullOutputStream()), Clock.systemUTC(), "host", 1);
        server = WebServer.start(new ListenSettings("127.0.0.1", 0, false), routes, log, Duration.ofSeconds(1));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rubbish\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: \u0000\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /statics/..%2fx HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"
            })
    void what_is_no_proper_request_gets_a_plain_error_or_nothing(String request) throws IOException {
        var answer = send(request);

        assertThat(answer).doesNotContain("Exception", "Jetty", "jetty", "<html", "\tat ", "HTTP/1.1 5");
        assertThat(answer)
                .satisfiesAnyOf(
                        text -> assertThat(text).isEmpty(),
                        text -> assertThat(text)
                                .matches("(?s)HTTP/1.1 4[0-9]{2} .*")
                                .contains("Content-Type: text/plain", "X-Content-Type-Options: nosniff"));
    }

    @Test
    void a_head_that_is_too_large_is_refused() throws IOException {
        assertThat(send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(9000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(send("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 414");
    }

    @Test
    void a_head_that_comes_byte_by_byte_is_cut_off() throws IOException {
        var start = System.nanoTime();
        try (var socket = connect()) {
            var sent = 0;
            try {
                socket.getOutputStream().write("GET / HTTP/1.1\r\nX: ".getBytes(ISO_8859_1));
                for (; sent < 100; sent++) {
                    socket.getOutputStream().write('x');
                    if (socket.getInputStream().available() > 0 || closed(socket)) {
                        break;
                    }
                }
            } catch (IOException e) {
                // Cut off, as it should be.
            }
            assertThat(sent).isLessThan(100);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    /** Waits a moment for the end of the stream. */
    private static boolean closed(Socket socket) throws IOException {
        socket.setSoTimeout(100);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void one_connection_can_bring_several_requests() throws IOException {
        var request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

        assertThat(send(request + request)).containsSubsequence("fine", "HTTP/1.1 200 OK", "fine");
    }

    @Test
    void a_chunked_body_is_limited_too() throws IOException {
        var chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
        var head = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";

        assertThat(send(head + chunk + chunk + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK")
                .endsWith("65536");
        assertThat(send(head + chunk + chunk + "1\r\nx\r\n0\r\n\r\n")).startsWith("HTTP/1.1 413");
    }

    @Test
    void a_client_that_asks_first_is_told_before_it_sends_too_much() throws IOException {
        assertThat(send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void our_own_faults_are_not_explained_to_callers() throws IOException {
        assertThat(send("GET /broken HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 500")
                .contains("something is broken here; it is logged under ")
                .doesNotContain("inner details");
    }

    private static Socket connect() throws IOException {
        return new Socket("127.0.0.1", server.port());
    }

    private static String send(String request) throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException e) {
            return "";
        }
    }
}
