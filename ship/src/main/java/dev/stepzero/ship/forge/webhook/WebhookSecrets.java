package dev.stepzero.ship.forge.webhook;

import dev.stepzero.core.UserError;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Predicate;

/** The secrets of a project's webhook: one, or two while the old one is being replaced. */
public record WebhookSecrets(List<WebhookSecret> all) {
    private static final int MOST = 2;

    public WebhookSecrets {
        all = List.copyOf(all);
        if (all.isEmpty() || all.size() > MOST) {
            throw UserError.usage("a webhook has one secret, or two while one is being replaced")
                    .fix("set one of at least 16 characters");
        }
    }

    /** The secrets by their texts. */
    public static WebhookSecrets of(String... texts) {
        return new WebhookSecrets(List.of(texts).stream().map(WebhookSecret::of).toList());
    }

    /** Whether one of them fits; each is tried, so that the time tells not which. */
    boolean any(Predicate<WebhookSecret> fits) {
        var found = false;
        for (var secret : all) {
            found |= fits.test(secret);
        }
        return found;
    }

    /** Whether an HMAC of the content is by one of those that are not keys of Standard Webhooks. */
    boolean signed(byte[] content, byte[] signature) {
        return any(secret -> !secret.isSigning() && MessageDigest.isEqual(secret.sign(content), signature));
    }
}
