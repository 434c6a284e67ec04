package dev.stepzero.store.process;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Ports of the loopback address on which nobody listens. */
public final class FreePort {
    // Below 32768, where Linux begins to take ports for outgoing connections.
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int TRIES = 200;

    private FreePort() {}

    /** A port that was free a moment ago and is none of those given. */
    public static int find(RandomGenerator random, Set<Integer> without) {
        for (var tried = 0; tried < TRIES; tried++) {
            var port = random.nextInt(FIRST, LAST);
            if (!without.contains(port) && isFree(port)) {
                return port;
            }
        }
        throw UserError.engine("no free port between " + FIRST + " and " + LAST + " on the loopback address")
                .fix("end some of the programs that listen there");
    }

    /** Whether a program could listen on the port now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
