package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;

/** {@code Fn::ToJsonString}. */
final class JsonText {
    private static final int LONGEST = 1 << 20;

    private final Growth growth;

    JsonText(Growth growth) {
        this.growth = growth;
    }

    Value of(Value value) {
        var json = new StringBuilder();
        if (write(value, json) && growth.text(json.length())) {
            return Value.of(json.toString());
        }
        return Unknown.because("Fn::ToJsonString").encoding(value);
    }

    /** False if a part is unknown or the text gets too long. */
    private static boolean write(Value value, StringBuilder json) {
        switch (value) {
            case Value.Text text -> quoted(text.value(), json);
            case Value.Bool bool -> json.append(bool.value());
            case Value.Numeric number -> json.append(number.value().toPlainString());
            case Value.Absent absent -> json.append("null");
            case Unknown unknown -> {
                return false;
            }
            case Value.Sequence list -> {
                json.append('[');
                var comma = "";
                for (var item : list.items()) {
                    json.append(comma);
                    comma = ",";
                    if (!write(item.value(), json)) {
                        return false;
                    }
                }
                json.append(']');
            }
            case Value.Mapping map -> {
                json.append('{');
                var comma = "";
                for (var entry : map.entries().entrySet()) {
                    json.append(comma);
                    comma = ",";
                    quoted(entry.getKey(), json);
                    json.append(':');
                    if (!write(entry.getValue().value(), json)) {
                        return false;
                    }
                }
                json.append('}');
            }
        }
        return json.length() <= LONGEST;
    }

    private static void quoted(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
