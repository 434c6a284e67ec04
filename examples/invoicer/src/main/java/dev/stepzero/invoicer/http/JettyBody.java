package dev.stepzero.invoicer.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads request bodies, but no more of them and no longer than is reasonable. */
final class JettyBody {
    private static final int LARGEST = 64 * 1024;
    private static final int PIECE = 8 * 1024;
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
        var body = new ByteArrayOutputStream();
        var piece = new byte[PIECE];
        for (var read = in.read(piece); read >= 0; read = in.read(piece)) {
            body.write(piece, 0, read);
            if (body.size() > LARGEST) {
                throw tooLarge();
            }
            if (System.nanoTime() > deadline) {
                throw new Refusal(408, "the request body arrives too slowly");
            }
        }
        return body.toByteArray();
    }

    /**
     * Takes in what nobody read. Closing the connection on a client that is still sending would reset it, and the
     * client would never see the answer. One that asks before it sends needs no such care.
     *
     * @return whether the connection is clear for the next request
     */
    static boolean drain(Request request) {
        if (request.getLength() == 0) {
            return true;
        }
        if (request.getLength() > MOST_DRAINED || request.getHeaders().contains(HttpHeader.EXPECT)) {
            return false;
        }
        var deadline = System.nanoTime() + SLOWEST.toNanos();
        var waste = new byte[PIECE];
        try (var in = Content.Source.asInputStream(request)) {
            var total = 0L;
            var read = 0;
            for (; read >= 0 && total < MOST_DRAINED && System.nanoTime() < deadline; total += read) {
                read = in.read(waste);
            }
            return read < 0;
        } catch (IOException e) {
            // The client has gone, or is too slow: there is nobody left to be kind to.
            return false;
        }
    }

    private static Refusal tooLarge() {
        return new Refusal(413, "the request body is larger than " + LARGEST + " bytes");
    }
}
