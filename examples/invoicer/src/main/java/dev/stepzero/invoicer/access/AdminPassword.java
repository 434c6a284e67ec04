package dev.stepzero.invoicer.access;

import dev.stepzero.invoicer.settings.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/**
 * The admin's name and password, checked as HTTP Basic (RFC 7617) sends them. Only a keyed hash is kept. A slow
 * password hash would protect nothing more, as it never leaves this process, and every API call would pay for it.
 */
final class AdminPassword {
    static final String NAME = "admin";
    private static final String SCHEME = "basic ";

    private final byte[] key = new byte[32];
    private final byte[] hash;

    AdminPassword(Secret password, SecureRandom random) {
        random.nextBytes(key);
        hash = Token.hmac(key, NAME + ":" + password.reveal());
    }

    /** Compares name and password as one, in constant time. */
    boolean matches(String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        try {
            var bytes = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            var pair = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return MessageDigest.isEqual(hash, Token.hmac(key, pair));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return false;
        }
    }
}
