package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON as {@code jsondecode} does: of a name that stands twice, the last counts. */
final class JsonReading {
    private static final int DEEPEST = 400;

    /** Jackson's own limits hold too: 1,000 digits a number, 500 levels. */
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonReading() {}

    static Value read(String text) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            var token = parser.nextToken();
            if (token == null) {
                throw new FunctionError("EOF");
            }
            var value = value(parser, token, 0);
            if (parser.nextToken() != null) {
                throw new FunctionError("extraneous data after JSON object");
            }
            return value;
        } catch (JacksonException e) {
            throw new FunctionError("it is no JSON: " + e.getOriginalMessage());
        }
    }

    private static Value value(JsonParser parser, JsonToken token, int depth) {
        if (depth > DEEPEST) {
            throw new FunctionError("the JSON is nested too deeply");
        }
        return switch (token) {
            case VALUE_NULL -> Value.ABSENT;
            case VALUE_TRUE -> Value.TRUE;
            case VALUE_FALSE -> Value.FALSE;
            case VALUE_STRING -> Value.of(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                new Value.Numeric(NumberText.checked(parser.getDecimalValue()));
            case START_ARRAY -> array(parser, depth);
            case START_OBJECT -> object(parser, depth);
            default -> throw new FunctionError("it is no JSON");
        };
    }

    private static Value array(JsonParser parser, int depth) {
        var items = new ArrayList<Value>();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token, depth + 1));
        }
        return Value.listOf(items);
    }

    private static Value object(JsonParser parser, int depth) {
        var entries = new TreeMap<String, Located>(Order.TEXTS);
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            entries.put(name, Located.nowhere(value(parser, parser.nextToken(), depth + 1)));
        }
        return new Value.Mapping(entries);
    }
}
