package dev.stepzero.server.hooks;

import dev.stepzero.ship.forge.webhook.Webhook;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Reads deliveries as they come, in the memory that they are given and in bounded time. */
@Component
class BodyReader {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    sealed interface Body {}

    @SuppressWarnings("ArrayRecordComponent") // read once and compared by nobody
    record Whole(byte[] bytes) implements Body {}

    record Unread(HttpStatus status, String why) implements Body {}

    private static final Unread TOO_LARGE = new Unread(HttpStatus.CONTENT_TOO_LARGE, "A delivery has at most 25 MiB.");
    private static final Unread TOO_SLOW = new Unread(HttpStatus.REQUEST_TIMEOUT, "The delivery came too slowly.");
    private static final Unread BUSY =
            new Unread(HttpStatus.SERVICE_UNAVAILABLE, "Too many deliveries come at once. Send it again.");
    private static final Unread CUT = new Unread(HttpStatus.BAD_REQUEST, "The delivery was cut.");

    /**
     * Reads one.
     *
     * @param stay which the bytes take memory of, as long as they are needed
     */
    Body read(HttpServletRequest request, Room.Stay stay) {
        if (request.getContentLengthLong() > Webhook.MOST_BYTES) {
            return TOO_LARGE;
        }
        try (var in = request.getInputStream()) {
            var until = System.nanoTime() + PATIENCE.toNanos();
            var bytes = new byte[Room.FREE];
            var length = 0;
            while (true) {
                if (length == bytes.length) {
                    if (!stay.grow(bytes.length, bytes.length * 2)) {
                        return BUSY;
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
        }
    }

    private static int read(InputStream in, byte[] bytes, int from) throws IOException {
        return in.read(bytes, from, bytes.length - from);
    }
}
