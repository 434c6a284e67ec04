package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.TreeMap;

/** JSON as {@code jsonencode} writes it: no spaces, names in order, and nothing that a browser could take for markup. */
final class JsonText {
    private static final int DEEPEST = 500;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    /** @throws NotKnown if anything in it is unknown */
    static String of(Value value) {
        var json = new JsonText();
        json.add(value, 0);
        return json.text.toString();
    }

    static String quoted(String value) {
        var json = new JsonText();
        json.addText(value);
        return json.text.toString();
    }

    private void add(Value value, int depth) {
        if (depth > DEEPEST) {
            throw new FunctionError("the value is nested too deeply");
        }
        Limits.characters(text.length());
        switch (value) {
            case Value.Absent absent -> text.append("null");
            case Value.Bool bool -> text.append(bool.value());
            case Value.Numeric number -> text.append(NumberText.plain(number.value()));
            case Value.Text string -> addText(string.value());
            case Value.Sequence list -> addList(list, depth);
            case Value.Mapping map -> addMap(map, depth);
            case Unknown unknown -> throw new NotKnown();
        }
    }

    private void addList(Value.Sequence list, int depth) {
        text.append('[');
        var separator = "";
        for (var item : list.items()) {
            text.append(separator);
            separator = ",";
            add(item.value(), depth + 1);
        }
        text.append(']');
    }

    private void addMap(Value.Mapping map, int depth) {
        var sorted = new TreeMap<String, Value>(Order.TEXTS);
        map.entries().forEach((name, item) -> sorted.put(name, item.value()));
        text.append('{');
        var separator = "";
        for (var entry : sorted.entrySet()) {
            text.append(separator);
            separator = ",";
            addText(entry.getKey());
            text.append(':');
            add(entry.getValue(), depth + 1);
        }
        text.append('}');
    }

    private void addText(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
                        text.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 15]);
                        text.append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
