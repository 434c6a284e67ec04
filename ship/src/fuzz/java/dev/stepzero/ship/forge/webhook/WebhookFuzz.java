package dev.stepzero.ship.forge.webhook;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.forge.Forge;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A webhook delivery of every forge, in every kind that leads to something, as JSON and as a form. */
public final class WebhookFuzz {
    private static final List<String> EVENTS = List.of(
            "push",
            "pull_request",
            "pull_request_review",
            "pull_request_approved",
            "create",
            "Push Hook",
            "Merge Request Hook",
            "repo:push",
            "pullrequest:updated",
            "pullrequest:approved",
            "repo:refs_changed",
            "pr:opened",
            "pr:reviewer:approved");
    private static final Payload PAYLOAD = new Payload();
    private static final WebhookSecrets SECRETS = WebhookSecrets.of("a secret of sixteen letters");
    private static final Headers FORM = Headers.of(Map.of(
            "Content-Type",
            List.of("application/x-www-form-urlencoded"),
            "X-Gitea-Signature",
            List.of("00".repeat(32))));

    private WebhookFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        new Authentication(Forge.GITEA, SECRETS, Clock.systemUTC()).authenticate(new Webhook(FORM, input));
        for (var forge : Forge.values()) {
            for (var event : EVENTS) {
                try {
                    PAYLOAD.read(forge, event, input);
                } catch (UserError documented) {
                    // The documented way to refuse.
                }
            }
        }
    }
}
