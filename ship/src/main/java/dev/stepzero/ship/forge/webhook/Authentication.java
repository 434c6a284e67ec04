package dev.stepzero.ship.forge.webhook;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.forge.Forge;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells the deliveries of a forge from those of anybody else, by the bytes that came in and before anything in them is
 * read. What each forge signs differs; the sources are named in {@code docs/webhooks.md}.
 */
public final class Authentication {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int MOST_SIGNATURES = 8;
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern EVENT = Pattern.compile("[\\w:. -]{0,100}");
    private static final Pattern DELIVERY = Pattern.compile("[\\w.:{}-]{1,128}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    private final Forge forge;
    private final WebhookSecrets secrets;
    private final Clock clock;

    /**
     * What tells the deliveries of one project's forge.
     *
     * @throws UserError if a secret is of another forge's kind
     */
    public Authentication(Forge forge, WebhookSecrets secrets, Clock clock) {
        if (forge != Forge.GITLAB && secrets.any(WebhookSecret::isSigning)) {
            throw UserError.usage("a secret that begins with whsec_ is a key of GitLab's, not of " + forge.label())
                    .fix("make one with: openssl rand -hex 32");
        }
        this.forge = forge;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** The answer. */
    public sealed interface Answer {}

    /**
     * The forge sent it.
     *
     * @param json what was sent, taken out of the form where it came in one
     * @param event what the forge calls it, such as {@code push}; empty if it does not say
     * @param delivery the forge's own id of it, which the signature covers with Standard Webhooks only
     */
    @SuppressWarnings("ArrayRecordComponent") // read once and compared by nobody
    public record Believed(byte[] json, String event, Optional<String> delivery) implements Answer {}

    /** Nobody knows who sent it; the reason holds nothing of the delivery. */
    public record Refused(String reason) implements Answer {}

    public Answer authenticate(Webhook webhook) {
        if (webhook.body().length > Webhook.MOST_BYTES) {
            return new Refused("the body is larger than 25 MiB");
        }
        var headers = webhook.headers();
        return switch (forge) {
            case GITHUB -> hubSignature(webhook, "X-Hub-Signature-256", "X-GitHub-Event", "X-GitHub-Delivery");
            case BITBUCKET -> hubSignature(webhook, "X-Hub-Signature", "X-Event-Key", "X-Request-UUID");
            case BITBUCKET_DATA_CENTER -> hubSignature(webhook, "X-Hub-Signature", "X-Event-Key", "X-Request-Id");
            case GITEA -> payloadSignature(webhook, "Gitea");
            // Forgejo sends Gitea's names too; where its own is there, that alone decides.
            case FORGEJO -> payloadSignature(webhook, headers.has("X-Forgejo-Signature") ? "Forgejo" : "Gitea");
            case GITLAB -> gitlab(webhook);
            case STEPZERO -> new Refused("pushes to Stepzero itself need no webhook");
        };
    }

    private Answer hubSignature(Webhook webhook, String signatureName, String event, String delivery) {
        var header = webhook.headers().only(signatureName);
        if (header.isEmpty()) {
            return new Refused(signatureName + " is missing, empty or there twice");
        }
        var signature = header.filter(text -> text.startsWith("sha256="))
                .flatMap(text -> hex(text.substring("sha256=".length())));
        if (signature.isEmpty()) {
            return new Refused(signatureName + " is not sha256= with 64 digits");
        }
        if (!secrets.signed(webhook.body(), signature.get())) {
            return new Refused("the signature is wrong");
        }
        return believed(webhook, event, delivery, FormBody.json(webhook));
    }

    /** The JSON is signed, even when it was sent in a form. */
    private Answer payloadSignature(Webhook webhook, String name) {
        var signatureName = "X-" + name + "-Signature";
        var header = webhook.headers().only(signatureName);
        if (header.isEmpty()) {
            return new Refused(signatureName + " is missing, empty or there twice");
        }
        var signature = header.flatMap(Authentication::hex);
        if (signature.isEmpty()) {
            return new Refused(signatureName + " is not 64 digits");
        }
        var json = FormBody.json(webhook);
        if (json.isEmpty()) {
            return new Refused("the form has no payload");
        }
        if (!secrets.signed(json.get(), signature.get())) {
            return new Refused("the signature is wrong");
        }
        return believed(webhook, "X-" + name + "-Event", "X-" + name + "-Delivery", json);
    }

    private Answer gitlab(Webhook webhook) {
        var signing = secrets.all().stream().anyMatch(WebhookSecret::isSigning);
        if (signing && webhook.headers().has("webhook-signature")) {
            return standardWebhook(webhook);
        }
        var token = webhook.headers().only("X-Gitlab-Token");
        if (token.isEmpty()) {
            return new Refused(
                    signing ? "webhook-signature is missing" : "X-Gitlab-Token is missing, empty or there twice");
        }
        if (!secrets.any(secret -> !secret.isSigning() && secret.matches(token.get()))) {
            return new Refused("the token is wrong");
        }
        return believed(webhook, "X-Gitlab-Event", "Idempotency-Key", FormBody.json(webhook));
    }

    /** Standard Webhooks: the id, the time and the body are signed together. */
    private Answer standardWebhook(Webhook webhook) {
        var headers = webhook.headers();
        var id = headers.only("webhook-id");
        var time = headers.only("webhook-timestamp")
                .filter(text -> SECONDS.matcher(text).matches());
        var signatures = headers.only("webhook-signature");
        if (id.isEmpty() || time.isEmpty() || signatures.isEmpty()) {
            return new Refused("webhook-id, webhook-timestamp or webhook-signature is missing or odd");
        }
        var said = (id.get() + "." + time.get() + ".").getBytes(StandardCharsets.UTF_8);
        if (!signedByAny(signatures.get(), said, webhook.body())) {
            return new Refused("the signature is wrong");
        }
        var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time.get())), clock.instant());
        if (age.abs().compareTo(WINDOW) > 0) {
            return new Refused("it was signed %d seconds %s; 300 are allowed"
                    .formatted(age.abs().toSeconds(), age.isNegative() ? "ahead of our clock" : "ago"));
        }
        return believed(webhook, "X-Gitlab-Event", "webhook-id", FormBody.json(webhook));
    }

    private boolean signedByAny(String signatures, byte[] said, byte[] body) {
        var found = false;
        for (var signature : signatures.split(" ", MOST_SIGNATURES + 1)) {
            if (signature.startsWith("v1,")) {
                var bytes = base64(signature.substring("v1,".length()));
                found |= secrets.any(
                        secret -> secret.isSigning() && MessageDigest.isEqual(secret.sign(said, body), bytes));
            }
        }
        return found;
    }

    private static Answer believed(Webhook webhook, String event, String delivery, Optional<byte[]> json) {
        var name = webhook.headers().only(event).orElse("");
        var id = webhook.headers().only(delivery);
        if (!EVENT.matcher(name).matches()) {
            return new Refused(event + " is odd");
        }
        if (id.isPresent() && !DELIVERY.matcher(id.get()).matches()) {
            return new Refused(delivery + " is odd");
        }
        return json.<Answer>map(bytes -> new Believed(bytes, name, id))
                .orElseGet(() -> new Refused("the form has no payload"));
    }

    private static Optional<byte[]> hex(String text) {
        return HEX.matcher(text).matches() ? Optional.of(HexFormat.of().parseHex(text)) : Optional.empty();
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
