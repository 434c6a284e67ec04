package dev.stepzero.ship.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowRequestsTest {
    private final SlowRequests slow = new SlowRequests(Duration.ZERO);
    private final Server server = new Server();
    private final HttpConnectionFactory http = new HttpConnectionFactory();
    private final ServerConnector connector = new ServerConnector(server, http);

    @BeforeEach
    void aServer() throws Exception {
        connector.addBean(slow);
        http.getHttpConfiguration().addCustomizer(slow);
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.write(true, null, callback);
                return true;
            }
        });
        server.start();
    }

    @AfterEach
    void isGone() throws Exception {
        server.stop();
    }

    @Test
    void aHeadThatIsNeverCompletedEndsTheConnection() throws Exception {
        try (var socket = open()) {
            send(socket, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");

            assertThat(isClosed(socket)).isTrue();
        }
    }

    @Test
    void aConnectionThatIsKeptBetweenRequestsStays() throws Exception {
        try (var socket = open()) {
            for (var turn = 0; turn < 3; turn++) {
                send(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(socket.getInputStream().read()).isEqualTo('H');
                while (socket.getInputStream().available() > 0) {
                    socket.getInputStream().read();
                }
                slow.closeThem();
                slow.closeThem();
            }
        }
    }

    private boolean isClosed(Socket socket) throws Exception {
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        socket.setSoTimeout(20);
        while (System.nanoTime() < deadline) {
            slow.closeThem();
            try {
                return socket.getInputStream().read() < 0;
            } catch (SocketTimeoutException e) {
                assertThat(e.bytesTransferred).isZero();
            }
        }
        return false;
    }

    private Socket open() throws Exception {
        return new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    }

    private static void send(Socket socket, String text) throws Exception {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
