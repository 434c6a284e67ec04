package dev.stepzero.store.embedded;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Passwords of roles that follow from the superuser's: who knows one of them learns nothing of the others. */
final class Passwords {
    private static final String HMAC = "HmacSHA256";

    private Passwords() {}

    static String derived(String superuser, String role) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(superuser.getBytes(StandardCharsets.UTF_8), HMAC));
            var bytes = mac.doFinal(("role " + role).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform must offer HMAC with SHA-256", e);
        }
    }
}
