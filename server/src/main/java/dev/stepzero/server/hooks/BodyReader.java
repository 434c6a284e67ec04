package dev.stepzero.server.hooks;

import dev.stepzero.ship.forge.webhook.Webhook;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Reads deliveries as they come, in bounded memory and time. Small ones are always read; those beyond 256 KiB share 128
 * MiB, so that a few senders of large ones that never end keep no usual delivery out.
 */
@Component
class BodyReader {
    private static final int SMALLEST = 1024;
    private static final int CHUNK = 64 << 10;
    private static final int SMALL = 256 << 10;
    private static final int SHARED_CHUNKS = (128 << 20) / CHUNK;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Semaphore shared = new Semaphore(SHARED_CHUNKS);

    sealed interface Body {}

    @SuppressWarnings("ArrayRecordComponent") // read once and compared by nobody
    record Whole(byte[] bytes) implements Body {}

    record Unread(HttpStatus status, String why) implements Body {}

    private static final Unread TOO_LARGE = new Unread(HttpStatus.CONTENT_TOO_LARGE, "A delivery has at most 25 MiB.");
    private static final Unread TOO_SLOW = new Unread(HttpStatus.REQUEST_TIMEOUT, "The delivery came too slowly.");
    private static final Unread BUSY =
            new Unread(HttpStatus.SERVICE_UNAVAILABLE, "Too many large deliveries come at once. Send it again.");
    private static final Unread CUT = new Unread(HttpStatus.BAD_REQUEST, "The delivery was cut.");

    Body read(HttpServletRequest request) {
        if (request.getContentLengthLong() > Webhook.MOST_BYTES) {
            return TOO_LARGE;
        }
        var taken = 0;
        try (var in = request.getInputStream()) {
            var until = System.nanoTime() + PATIENCE.toNanos();
            var bytes = new byte[first(request.getContentLengthLong())];
            var length = 0;
            while (true) {
                if (length == bytes.length) {
                    if (bytes.length >= SMALL) {
                        if (!shared.tryAcquire(bytes.length / CHUNK)) {
                            return BUSY;
                        }
                        taken += bytes.length / CHUNK;
                    }
                    bytes = Arrays.copyOf(bytes, bytes.length * 2);
                }
                var count = read(in, bytes, length);
                if (count < 0) {
                    return new Whole(Arrays.copyOf(bytes, length));
                }
                length += count;
                if (length > Webhook.MOST_BYTES) {
                    return TOO_LARGE;
                }
                if (System.nanoTime() - until > 0) {
                    return TOO_SLOW;
                }
            }
        } catch (SocketTimeoutException e) {
            return TOO_SLOW;
        } catch (IOException e) {
            return CUT;
        } finally {
            shared.release(taken);
        }
    }

    /** One byte more than there should be shows the end without another array. */
    private static int first(long said) {
        return said < 0 ? CHUNK : Math.clamp(said + 1, SMALLEST, SMALL);
    }

    private static int read(InputStream in, byte[] bytes, int from) throws IOException {
        return in.read(bytes, from, bytes.length - from);
    }
}
