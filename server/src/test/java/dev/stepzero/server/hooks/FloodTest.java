package dev.stepzero.server.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deliveries in floods. {@code bench/faults} runs it. */
@Tag("faults")
@ExtendWith(RunningServer.class)
class FloodTest {
    private static final long MEGABYTE = 1 << 20;

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
    }

    private static String head(String length) {
        return "POST /hooks/github/nobody HTTP/1.1\r\nHost: localhost\r\n" + length + "\r\n\r\n";
    }

    @Test
    void whatIsOnlySaidToComeTakesNoMemory(Running server) throws Exception {
        var before = usedHeap();
        var sockets = new ArrayList<Socket>();
        for (var sender = 0; sender < 1_000; sender++) {
            var socket = new Socket("127.0.0.1", server.address().getPort());
            sockets.add(socket);
            socket.getOutputStream().write(head("Content-Length: 262000").getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(server.anonymous().get("/sign-in").statusCode()).isEqualTo(200);
        assertThat(usedHeap() - before).isLessThan(150);
        for (var socket : sockets) {
            socket.close();
        }
    }

    @Test
    void aFloodOfLargeDeliveriesTakesItsShareAndOthersAreServed(Running server) throws Exception {
        var senders = 40;
        var whole = new CountDownLatch(senders);
        var refused = new AtomicInteger();
        var before = usedHeap();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var sender = 0; sender < senders; sender++) {
                threads.submit(() -> {
                    try (var socket = new Socket("127.0.0.1", server.address().getPort())) {
                        socket.setSoTimeout(30_000);
                        send(socket);
                        if (new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)
                                .endsWith("503")) {
                            refused.incrementAndGet();
                        }
                    } catch (IOException e) {
                        // It was answered and hung up while we still sent.
                        refused.incrementAndGet();
                    } finally {
                        whole.countDown();
                    }
                });
            }
            while (whole.getCount() > 0) {
                assertThat(server.anonymous().get("/sign-in").statusCode()).isEqualTo(200);
            }
        }

        assertThat(refused.get()).as("not all fit at once").isPositive();
        assertThat(usedHeap() - before).as("and nothing of them stays").isLessThan(40);
    }

    private static void send(Socket socket) throws IOException {
        var out = socket.getOutputStream();
        out.write(head("Content-Length: 20000000").getBytes(StandardCharsets.US_ASCII));
        var block = new byte[1_000_000];
        for (var sent = 0; sent < 20; sent++) {
            out.write(block);
        }
        out.flush();
    }
}
