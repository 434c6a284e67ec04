package dev.stepzero.rules.iam;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** JSON texts as values, also those that are known in parts only. */
public final class JsonText {
    /** AWS refuses a comma before the end, but what the policy was to say is as clear as without it. */
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();

    /** Private-use characters that stand for an unknown part while a text is parsed. */
    private static final char OPEN = '\uE000';

    private static final char CLOSE = '\uE001';

    private static final int LONGEST_INDEX = 9;
    private static final int MOST_DIGITS = 1_000;

    private JsonText() {}

    /** The value of a JSON text; null if it is none, the value itself if it is no text. */
    public static Value parse(Value value) {
        return switch (value) {
            case Value.Text text -> parse(text.value(), List.of());
            case Unknown unknown -> parse(unknown);
            default -> value;
        };
    }

    private static Value parse(Unknown unknown) {
        if (unknown.encoded().isPresent()) {
            return unknown.encoded().get();
        }
        if (unknown.parts().isEmpty()) {
            return unknown;
        }
        var text = new StringBuilder();
        var parts = unknown.parts();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Value.Text known) {
                text.append(known.value());
            } else {
                text.append(OPEN).append(i).append(CLOSE);
            }
        }
        var parsed = parse(text.toString(), parts);
        return parsed instanceof Value.Absent ? unknown : parsed;
    }

    private static Value parse(String text, List<Value> parts) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            return read(parser, parts);
        } catch (JacksonException e) {
            return Value.ABSENT;
        }
    }

    private static Value read(JsonParser parser, List<Value> parts) {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return Value.ABSENT;
        }
        return switch (token) {
            case START_OBJECT -> {
                var entries = new LinkedHashMap<String, Located>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    var name = parser.currentName();
                    parser.nextToken();
                    entries.put(name, Located.nowhere(read(parser, parts)));
                }
                yield new Value.Mapping(entries);
            }
            case START_ARRAY -> {
                var items = new ArrayList<Located>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(Located.nowhere(read(parser, parts)));
                }
                yield new Value.Sequence(items);
            }
            case VALUE_STRING -> filled(parser.getString(), parts);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString());
            case VALUE_TRUE -> Value.TRUE;
            case VALUE_FALSE -> Value.FALSE;
            default -> Value.ABSENT;
        };
    }

    /** A number; one whose digits would fill the memory stays the text that it is. */
    private static Value number(String text) {
        try {
            var number = new BigDecimal(text);
            return Math.abs((long) number.scale()) > MOST_DIGITS ? Value.of(text) : new Value.Numeric(number);
        } catch (NumberFormatException e) {
            return Value.of(text);
        }
    }

    private static Value filled(String text, List<Value> parts) {
        var filled = new ArrayList<Value>();
        int at = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, open + 1)) {
            int close = text.indexOf(CLOSE, open, Math.min(text.length(), open + 2 + LONGEST_INDEX));
            int part = close < 0 ? -1 : index(text.substring(open + 1, close));
            if (part >= 0 && part < parts.size()) {
                if (open > at) {
                    filled.add(Value.of(text.substring(at, open)));
                }
                filled.add(parts.get(part));
                at = close + 1;
            }
        }
        if (at == 0) {
            return Value.of(text);
        }
        if (at < text.length()) {
            filled.add(Value.of(text.substring(at)));
        }
        return Unknown.text(filled);
    }

    /** The number of a part; -1 where these characters are the author's own and stand for nothing. */
    private static int index(String digits) {
        int index = digits.isEmpty() ? -1 : 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), 10);
            if (digit < 0) {
                return -1;
            }
            index = index * 10 + digit;
        }
        return index;
    }
}
