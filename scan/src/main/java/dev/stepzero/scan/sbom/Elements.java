package dev.stepzero.scan.sbom;

import dev.stepzero.core.UserError;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The value that a document has under a key, taken one element at a time, so that a large document never is in memory. */
final class Elements {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Counting parser;

    Elements(JsonParser parser) {
        this.parser = new Counting(parser);
    }

    /** The whole value. */
    JsonNode value() {
        parser.left = Counting.MOST_TOKENS;
        return MAPPER.readTree(parser);
    }

    /** Each element of a list, or the only value where there is no list. */
    void forEach(Consumer<JsonNode> each) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            each.accept(value());
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            each.accept(value());
        }
    }

    /** Refuses an element that no honest document has. */
    private static final class Counting extends JsonParserDelegate {
        private static final int MOST_TOKENS = 1_000_000;
        private int left = MOST_TOKENS;

        Counting(JsonParser parser) {
            super(parser);
        }

        @Override
        public JsonToken nextToken() {
            if (left-- == 0) {
                throw UserError.unreadable("a single element of the SBOM has more than %d parts".formatted(MOST_TOKENS))
                        .fix("no tool writes such an SBOM: do not trust it");
            }
            return super.nextToken();
        }
    }
}
