package dev.stepzero.guard.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes of six digits that change every half minute: RFC 6238 with HMAC-SHA-1, which is what every authenticator
 * application can.
 */
final class Totp {
    static final long SECONDS = 30;
    private static final int KEY_BYTES = 20;
    private static final int MODULUS = 1_000_000;

    /** How many steps a clock may be early or late. */
    private static final int DRIFT = 1;

    private final byte[] key;

    /** With the secret that both sides know. */
    Totp(byte[] key) {
        this.key = key.clone();
    }

    byte[] key() {
        return key.clone();
    }

    static Totp random(SecureRandom random) {
        var key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return new Totp(key);
    }

    /** The step whose code this is, if it is later than the last one used: a code counts once. */
    OptionalLong step(String code, Instant now, long lastUsed) {
        long current = now.getEpochSecond() / SECONDS;
        var found = OptionalLong.empty();
        for (long step = current - DRIFT; step <= current + DRIFT; step++) {
            if (MessageDigest.isEqual(ascii(code(step)), ascii(code)) && step > lastUsed) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    private static byte[] ascii(String code) {
        return code.getBytes(StandardCharsets.US_ASCII);
    }

    String code(long step) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%06d", number % MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
