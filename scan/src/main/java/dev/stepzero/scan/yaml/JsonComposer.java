package dev.stepzero.scan.yaml;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads JSON. A YAML parser would not do: it rejects the tabs with which many people indent JSON, and takes five times as
 * long.
 */
final class JsonComposer {
    private static final int LONGEST_NUMBER = 100;

    private final JsonParser parser;
    private final String file;
    private final Budget budget = new Budget();
    private final List<Document.Duplicate> duplicates = new ArrayList<>();

    private JsonComposer(JsonParser parser, String file) {
        this.parser = parser;
        this.file = file;
    }

    static boolean looksLikeJson(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ') {
                return c == '{' || c == '[';
            }
        }
        return false;
    }

    /** The document, or nothing if it is no JSON and may be YAML in braces. */
    static Optional<Document> read(String file, String text) throws MalformedYaml {
        var constraints = StreamReadConstraints.builder()
                .maxStringLength(text.length() + 1)
                .maxNumberLength(LONGEST_NUMBER)
                .build();
        // YAML, which reads what is no JSON, takes such commas too.
        var factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .build();
        try (var parser = factory.createParser(ObjectReadContext.empty(), text)) {
            var composer = new JsonComposer(parser, file);
            parser.nextToken();
            var root = composer.value(0);
            return parser.nextToken() == null ? Optional.of(new Document(root, composer.duplicates)) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private Located value(int depth) throws MalformedYaml {
        var start = parser.currentTokenLocation();
        budget.depth(depth, position(start, start.getLineNr()));
        var value = switch (parser.currentToken()) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> array(depth);
            case VALUE_STRING -> Value.of(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> PlainScalar.value(parser.getString(), Dialect.YAML_1_2);
            case VALUE_TRUE -> Value.TRUE;
            case VALUE_FALSE -> Value.FALSE;
            case null, default -> Value.ABSENT;
        };
        return new Located(value, position(start, parser.currentTokenLocation().getLineNr()));
    }

    private Value object(int depth) throws MalformedYaml {
        var entries = new Entries(duplicates);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var start = parser.currentTokenLocation();
            parser.nextToken();
            var value = value(depth + 1);
            entries.put(name, value.value(), position(start, value.position().endLine()));
        }
        return entries.mapping();
    }

    private Value array(int depth) throws MalformedYaml {
        var items = new ArrayList<Located>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(depth + 1));
        }
        return new Value.Sequence(items);
    }

    private Position position(TokenStreamLocation start, int endLine) {
        return new Position(file, start.getLineNr(), start.getColumnNr(), endLine);
    }
}
