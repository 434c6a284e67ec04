package dev.stepzero.guard.identity;

import dev.stepzero.core.UserError;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Jdbi;

/**
 * What passkeys sign. A challenge is its own end, sealed with a random nonce for one purpose: asking for one stores
 * nothing, so that nobody can fill the database by asking, and only an answered one is remembered until it ends.
 */
public final class Challenges {
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final Jdbi jdbi;
    private final Clock clock;
    private final SealingKey key;

    public Challenges(Jdbi jdbi, Clock clock, SealingKey key) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.key = key;
    }

    /** A challenge for one purpose, such as one person's enrolment. */
    public byte[] make(String purpose) {
        var end = clock.instant().plus(LIFE).toEpochMilli();
        return key.seal(ByteBuffer.allocate(Long.BYTES).putLong(end).array(), purpose);
    }

    /** Whether a challenge was made for this purpose, is not too old, and was not answered; it is answered now. */
    public boolean answer(byte[] challenge, String purpose) {
        try {
            var end = Instant.ofEpochMilli(
                    ByteBuffer.wrap(key.open(challenge, purpose)).getLong());
            var now = clock.instant();
            return end.isAfter(now) && isFirst(challenge, end, now);
        } catch (UserError e) {
            return false;
        }
    }

    private boolean isFirst(byte[] challenge, Instant end, Instant now) {
        return jdbi.inTransaction(handle -> {
            handle.execute("DELETE FROM answered_challenge WHERE expires_at < ?", now.atOffset(ZoneOffset.UTC));
            return handle.execute(
                            "INSERT INTO answered_challenge VALUES (?, ?) ON CONFLICT DO NOTHING",
                            challenge,
                            end.atOffset(ZoneOffset.UTC))
                    == 1;
        });
    }
}
