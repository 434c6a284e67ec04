package dev.stepzero.invoicer.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads request bodies, but no more of them and no longer than is reasonable. */
final class JettyBody {
    private static final int LARGEST = 64 * 1024;
    private static final int MOST_DRAINED = 2 * 1024 * 1024;
    private static final Duration SLOWEST = Duration.ofSeconds(10);

    private JettyBody() {}

    /** @throws Refusal 413 or 408 */
    static byte[] read(Request request) {
        if (request.getLength() > LARGEST) {
            throw tooLarge();
        }
        try (var in = Content.Source.asInputStream(request)) {
            return readAll(in);
        } catch (IOException e) {
            throw new Refusal(408, "the request body did not arrive");
        }
    }

    private static byte[] readAll(InputStream in) throws IOException {
        var deadline = System.nanoTime() + SLOWEST.toNanos();
        var bytes = new byte[LARGEST + 1];
        var length = 0;
        for (var read = 0; read >= 0; length += Math.max(read, 0)) {
            if (length > LARGEST) {
                throw tooLarge();
            }
            if (System.nanoTime() > deadline) {
                throw new Refusal(408, "the request body arrives too slowly");
            }
            read = in.read(bytes, length, bytes.length - length);
        }
        return Arrays.copyOf(bytes, length);
    }

    /**
     * Takes in what nobody read. Closing the connection on a client that is still sending would reset it, and the
     * client would never see the answer. One that asks before it sends needs no such care.
     */
    static void drain(Request request) {
        if (request.getLength() == 0
                || request.getLength() > MOST_DRAINED
                || request.getHeaders().contains(HttpHeader.EXPECT)) {
            return;
        }
        var deadline = System.nanoTime() + SLOWEST.toNanos();
        var waste = new byte[LARGEST];
        try (var in = Content.Source.asInputStream(request)) {
            for (int total = 0, read = 0; read >= 0 && total < MOST_DRAINED; total += read) {
                if (System.nanoTime() > deadline) {
                    return;
                }
                read = in.read(waste);
            }
        } catch (IOException e) {
            // The client has gone, or is too slow: there is nothing left to be kind to.
            return;
        }
    }

    private static Refusal tooLarge() {
        return new Refusal(413, "the request body is larger than " + LARGEST + " bytes");
    }
}
