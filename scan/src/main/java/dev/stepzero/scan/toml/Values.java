package dev.stepzero.scan.toml;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;

/** Reads what stands behind the equals sign. */
final class Values {
    private static final int DEEPEST = 100;
    private static final int LONGEST_INTEGER = 18;

    private final Cursor cursor;

    Values(Cursor cursor) {
        this.cursor = cursor;
    }

    Value value(int depth) throws MalformedToml {
        if (depth > DEEPEST) {
            throw cursor.malformed("it is nested deeper than " + DEEPEST + " levels");
        }
        return switch (cursor.peek()) {
            case '"', '\'' -> Value.of(new Strings(cursor).any());
            case '[' -> array(depth);
            case '{' -> inlineTable(depth);
            default -> word();
        };
    }

    private Value array(int depth) throws MalformedToml {
        cursor.expect('[');
        var items = new ArrayList<Located>();
        cursor.skipBlank();
        while (!cursor.accept(']')) {
            int line = cursor.line();
            items.add(new Located(value(depth + 1), cursor.position(line)));
            cursor.skipBlank();
            if (cursor.peek() != ']') {
                cursor.expect(',');
                cursor.skipBlank();
            }
        }
        return new Value.Sequence(items);
    }

    private Value inlineTable(int depth) throws MalformedToml {
        cursor.expect('{');
        var table = new Table(cursor.line());
        cursor.skipBlank();
        while (!cursor.accept('}')) {
            int line = cursor.line();
            var path = new Keys(cursor).path();
            cursor.expect('=');
            cursor.skipSpaces();
            var inner = table;
            for (var key : path.subList(0, path.size() - 1)) {
                inner = inner.inner(key, cursor);
            }
            inner.put(path.getLast(), value(depth + 1), line, cursor);
            cursor.skipBlank();
            if (cursor.peek() != '}') {
                cursor.expect(',');
                cursor.skipBlank();
            }
        }
        return table.located(cursor).value();
    }

    private Value word() throws MalformedToml {
        var word = new StringBuilder();
        while (isWord(cursor.peek())) {
            word.append((char) cursor.next());
            if (word.length() == "2026-11-21".length() && cursor.peek() == ' ' && isDate(word)) {
                word.append((char) cursor.next());
            }
        }
        var text = word.toString().strip();
        return switch (text) {
            case "" -> throw cursor.malformed("there should be a value");
            case "true" -> Value.TRUE;
            case "false" -> Value.FALSE;
            default -> number(text);
        };
    }

    private Value number(String text) throws MalformedToml {
        char first = text.charAt(0);
        boolean may = (first >= '0' && first <= '9') || first == '+' || first == '-';
        if (!may && !text.equals("inf") && !text.equals("nan")) {
            throw cursor.malformed("a text needs quotes");
        }
        var digits = text.replace("_", "");
        return digits.length() <= LONGEST_INTEGER && digits.matches("[+-]?[0-9]+")
                ? Value.of(Long.parseLong(digits))
                : Value.of(text);
    }

    private static boolean isDate(StringBuilder word) {
        return word.charAt(4) == '-' && word.charAt(7) == '-';
    }

    private static boolean isWord(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "+-._:".indexOf(c) >= 0;
    }
}
