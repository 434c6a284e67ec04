package dev.stepzero.scan.terraform.plan;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON with the place of every value. Jackson refuses nesting below 500 levels and endless numbers. */
final class PositionedJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** What nobody looks at, and what makes half of a plan: it is passed over where it stands near the top. */
    private static final Set<String> PASSED_OVER = Set.of(
            "before",
            "before_sensitive",
            "after_sensitive",
            "output_changes",
            "relevant_attributes",
            "resource_drift",
            "check_results",
            "checks");

    private static final int NEAR_THE_TOP = 4;

    private final String file;
    private final JsonParser parser;
    private final Map<String, String> names = new HashMap<>();

    private PositionedJson(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    static Value read(String file, byte[] bytes) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            var json = new PositionedJson(file, parser);
            var token = parser.nextToken();
            return token == null ? Value.ABSENT : json.value(token, 1).value();
        }
    }

    private Located value(JsonToken token, int depth) {
        var start = parser.currentTokenLocation();
        int line = start.getLineNr();
        var value = switch (token) {
            case VALUE_TRUE -> Value.TRUE;
            case VALUE_FALSE -> Value.FALSE;
            case VALUE_STRING -> Value.of(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case START_ARRAY -> array(depth);
            case START_OBJECT -> object(depth);
            default -> Value.ABSENT;
        };
        int end = token.isScalarValue() ? line : parser.currentTokenLocation().getLineNr();
        return new Located(value, new Position(file, line, start.getColumnNr(), end));
    }

    /** A hostile exponent must not become digits later on. */
    private Value number() {
        var number = parser.getDecimalValue();
        return new Value.Numeric(Math.abs((long) number.scale()) > 8192 ? BigDecimal.ZERO : number);
    }

    private Value array(int depth) {
        List<Located> items = new ArrayList<>();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token, depth + 1));
        }
        return items.isEmpty() ? Value.Sequence.EMPTY : new Value.Sequence(items);
    }

    private Value object(int depth) {
        Map<String, Located> entries = new LinkedHashMap<>();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            var token = parser.nextToken();
            if (depth <= NEAR_THE_TOP && PASSED_OVER.contains(name)) {
                parser.skipChildren();
            } else {
                entries.put(names.computeIfAbsent(name, same -> same), value(token, depth + 1));
            }
        }
        return entries.isEmpty() ? Value.Mapping.EMPTY : new Value.Mapping(entries);
    }
}
