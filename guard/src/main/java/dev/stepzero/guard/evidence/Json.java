package dev.stepzero.guard.evidence;

import dev.stepzero.core.UserError;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON that two programs cannot understand differently. What is written has its keys and sets in order and no
 * fractions, so that the same value always gives the same bytes; what is read has no key twice, nothing behind its end
 * and no more than {@link #LARGEST} bytes.
 */
final class Json {
    static final int LARGEST = 32 << 20;
    private static final int DEEPEST = 100;

    private static final long MOST_TOKENS_OF_ENVELOPE = 10_000;

    private final JsonMapper mapper;

    private Json(long mostTokens) {
        mapper = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(DEEPEST)
                                .maxDocumentLength(LARGEST)
                                .maxStringLength(LARGEST)
                                .maxTokenCount(mostTokens)
                                .build())
                        .streamWriteConstraints(StreamWriteConstraints.builder()
                                .maxNestingDepth(DEEPEST)
                                .build())
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                .enable(SerializationFeature.ORDER_SET_ELEMENTS)
                .enable(SerializationFeature.FAIL_ON_ORDER_SET_BY_INCOMPARABLE_ELEMENT)
                .build();
    }

    static Json ofStatements() {
        return new Json(LARGEST);
    }

    /** An envelope is read before anybody vouches for it, so that it may not even make many small objects. */
    static Json ofEnvelopes() {
        return new Json(MOST_TOKENS_OF_ENVELOPE);
    }

    JsonNode tree(Object value) {
        return mapper.valueToTree(value);
    }

    /** The tree in UTF-8. */
    byte[] write(JsonNode tree) {
        refuseFractions(tree, "");
        var bytes = mapper.writeValueAsBytes(tree);
        if (bytes.length > LARGEST) {
            throw new IllegalArgumentException(
                    "evidence of %d bytes is more than anybody would read: %d".formatted(bytes.length, LARGEST));
        }
        return bytes;
    }

    /**
     * Reads one value.
     *
     * @param what what the text should be, for the error
     */
    JsonNode read(byte[] text, String what) {
        try {
            return mapper.readTree(text);
        } catch (JacksonException e) {
            throw UserError.unreadable("%s is not proper JSON: %s".formatted(what, e.getOriginalMessage()))
                    .because(e);
        }
    }

    JsonNode read(String text, String what) {
        if (text.length() > LARGEST) {
            throw UserError.unreadable("%s has %d characters, more than %d".formatted(what, text.length(), LARGEST));
        }
        return read(text.getBytes(StandardCharsets.UTF_8), what);
    }

    private static void refuseFractions(JsonNode node, String path) {
        if (node.isFloatingPointNumber()) {
            throw new IllegalArgumentException(
                    "evidence holds a fraction at %s: write whole numbers of a smaller unit".formatted(path));
        }
        if (node.isArray()) {
            for (var i = 0; i < node.size(); i++) {
                refuseFractions(node.get(i), path + "/" + i);
            }
        }
        node.properties().forEach(property -> refuseFractions(property.getValue(), path + "/" + property.getKey()));
    }
}
