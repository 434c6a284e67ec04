package dev.stepzero.guard.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A random value that its holder shows and that we only recognise: 256 bits, of which only the SHA-256 is stored. It
 * cannot be guessed, so no slow hash is needed.
 *
 * @param text what the holder shows; never stored, never logged
 */
public record Secret(String text) {
    private static final int BYTES = 32;

    /** A new one with a prefix by which people and scanners tell what it is for. */
    public static Secret random(String prefix, SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Secret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** What is stored. */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
