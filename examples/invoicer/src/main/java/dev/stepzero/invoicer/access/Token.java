package dev.stepzero.invoicer.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Random secrets of 256 bits, written so that they fit into cookies and URLs, and what follows from them. */
final class Token {
    private static final String HMAC = "HmacSHA256";

    private Token() {}

    static String random(SecureRandom random) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return encode(bytes);
    }

    /**
     * A second secret that belongs to the first: whoever has it can neither guess the first nor its other derivatives.
     * It saves storing a CSRF token beside each session, and the state of each sign-in.
     */
    static String derive(String secret, String purpose) {
        return encode(hmac(utf8(secret), purpose));
    }

    static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** In constant time. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(utf8(one), utf8(other));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
