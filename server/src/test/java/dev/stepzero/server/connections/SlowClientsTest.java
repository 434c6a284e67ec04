package dev.stepzero.server.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send a byte now and then to hold connections. Takes a minute: {@code bench/faults} runs it. */
@Tag("faults")
@ExtendWith(RunningServer.class)
class SlowClientsTest {
    private static final int CLIENTS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
                "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: 100000\r\n\r\nname=",
                "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\n\r\n10000\r\n"
            })
    void whoDripsIsClosedAndOthersAreServed(String beginning, Running server) throws Exception {
        var closed = new CountDownLatch(CLIENTS);
        var sockets = new ArrayList<Socket>();
        for (var client = 0; client < CLIENTS; client++) {
            var socket = new Socket("127.0.0.1", server.address().getPort());
            sockets.add(socket);
            Thread.ofVirtual().start(() -> drip(socket, beginning, closed));
        }

        assertThat(server.anonymous().get("/sign-in").statusCode()).isEqualTo(200);
        assertThat(closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("%d are still connected", closed.getCount())
                .isTrue();
        assertThat(server.anonymous().get("/sign-in").statusCode()).isEqualTo(200);
        for (var socket : sockets) {
            socket.close();
        }
    }

    private static void drip(Socket socket, String beginning, CountDownLatch closed) {
        try {
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
            while (true) {
                socket.getOutputStream().write('x');
                Thread.sleep(1_000);
            }
        } catch (IOException | InterruptedException e) {
            closed.countDown();
        }
    }
}
