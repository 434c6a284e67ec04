package dev.stepzero.ship.forge.webhook;

/**
 * A delivery as it came in, which nothing was believed of yet.
 *
 * @param body the bytes as they were sent, at most {@link #MOST_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // read once and compared by nobody
public record Webhook(Headers headers, byte[] body) {

    /** No forge sends more; whoever reads a delivery from the network stops there. */
    public static final int MOST_BYTES = 25 << 20;
}
