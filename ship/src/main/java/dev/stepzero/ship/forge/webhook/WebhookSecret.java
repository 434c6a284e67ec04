package dev.stepzero.ship.forge.webhook;

import dev.stepzero.core.UserError;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a forge and we know, and nobody else. It is never printed. */
public final class WebhookSecret {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String SIGNING = "whsec_";
    private static final int SHORTEST = 16;
    private static final int SHORTEST_KEY = 24;

    private final byte[] key;
    private final boolean signing;

    private WebhookSecret(byte[] key, boolean signing) {
        this.key = key;
        this.signing = signing;
    }

    /**
     * A secret as it was configured at the forge; one that begins with {@code whsec_} is a key of Standard Webhooks.
     *
     * @throws UserError if it is empty, or so short that it can be guessed
     */
    public static WebhookSecret of(String text) {
        if (text.startsWith(SIGNING)) {
            return new WebhookSecret(key(text.substring(SIGNING.length())), true);
        }
        if (text.isBlank() || text.length() < SHORTEST) {
            throw UserError.usage(
                            text.isBlank()
                                    ? "the webhook's secret is empty: anybody could send deliveries"
                                    : "the webhook's secret is shorter than %d characters".formatted(SHORTEST))
                    .fix("make one with: openssl rand -hex 32");
        }
        return new WebhookSecret(text.getBytes(StandardCharsets.UTF_8), false);
    }

    private static byte[] key(String base64) {
        try {
            var key = Base64.getDecoder().decode(base64);
            if (key.length >= SHORTEST_KEY) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Told below, without what stands there.
        }
        throw UserError.usage("the webhook's signing secret is not 24 bytes or more in base64 after whsec_")
                .fix("copy it again from the forge");
    }

    /** Whether this is a key of Standard Webhooks and not a text that is sent or used as it is. */
    boolean isSigning() {
        return signing;
    }

    byte[] sign(byte[]... parts) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (var part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a text is this secret; the time it takes tells neither its length nor its content. */
    boolean matches(String text) {
        return MessageDigest.isEqual(sign(text.getBytes(StandardCharsets.UTF_8)), sign(key));
    }

    @Override
    public String toString() {
        return "secret";
    }
}
