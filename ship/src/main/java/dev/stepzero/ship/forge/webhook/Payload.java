package dev.stepzero.ship.forge.webhook;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of a delivery. However it is made, reading it takes bounded memory and ends in an event or an error. */
public final class Payload {
    private static final int DEEPEST = 64;
    // GitHub's largest push, of 2,048 commits, has a fifth of them.
    private static final long MOST_TOKENS = 600_000;

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxDocumentLength(Webhook.MOST_BYTES)
                            .maxTokenCount(MOST_TOKENS)
                            .maxNumberLength(100)
                            .maxNameLength(1000)
                            .maxStringLength(Webhook.MOST_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads what a delivery says.
     *
     * @param event what the forge calls it, from its header
     * @throws UserError if it is not JSON, too deep, or lacks something that such an event has
     */
    public ForgeEvent read(Forge forge, String event, byte[] bytes) {
        return of(forge).read(event, new Field(parse(bytes), ""));
    }

    private static Deliverer of(Forge forge) {
        return switch (forge) {
            case GITHUB -> new GitHubDeliverer();
            case GITLAB -> new GitLabDeliverer();
            case GITEA, FORGEJO -> new GiteaDeliverer();
            case BITBUCKET -> new BitbucketDeliverer();
            case BITBUCKET_DATA_CENTER -> new DataCenterDeliverer();
            case STEPZERO -> new OwnDeliverer();
        };
    }

    private JsonNode parse(byte[] bytes) {
        try {
            var root = json.readTree(bytes);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (JacksonException e) {
            throw unreadable(e.getOriginalMessage()).because(e);
        }
        throw unreadable("it is no object");
    }

    private static UserError unreadable(String why) {
        var plain = String.valueOf(why).replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        return UserError.unreadable(
                        "the delivery is not readable JSON: " + plain.substring(0, Math.min(200, plain.length())))
                .fix("see in the forge's list of deliveries what it sent");
    }
}
