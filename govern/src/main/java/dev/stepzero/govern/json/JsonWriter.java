package dev.stepzero.govern.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes one JSON text, indented by two blanks. Whatever a string holds, what comes out is valid: a lone half of a
 * surrogate pair becomes U+FFFD.
 */
public final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private static final int ENOUGH = 1 << 14;
    private static final int SLICE = 256;
    /** So many elements are in memory as text at a time. */
    private static final int WINDOW = 32 * SLICE;

    private final Appendable destination;
    private final StringBuilder out = new StringBuilder(256);
    private int depth;
    private int flatFrom = Integer.MAX_VALUE;
    private boolean first = true;
    private boolean named;

    public JsonWriter(Appendable out) {
        destination = out;
    }

    public JsonWriter object() throws IOException {
        return open('{');
    }

    public JsonWriter array() throws IOException {
        return open('[');
    }

    /** Writes what is opened next in one line. */
    public JsonWriter flat() {
        flatFrom = Math.min(flatFrom, depth + 1);
        return this;
    }

    public JsonWriter endObject() throws IOException {
        return close('}');
    }

    public JsonWriter endArray() throws IOException {
        return close(']');
    }

    public JsonWriter name(String name) throws IOException {
        separate();
        quote(name);
        out.append(": ");
        named = true;
        return this;
    }

    public JsonWriter value(CharSequence text) throws IOException {
        separate();
        quote(text);
        return written();
    }

    public JsonWriter value(long number) throws IOException {
        return raw(Long.toString(number));
    }

    /** A number in full digits, or with an exponent where these would be many. */
    public JsonWriter value(BigDecimal number) throws IOException {
        return raw(Math.abs((long) number.scale()) > 100 ? number.toString() : number.toPlainString());
    }

    public JsonWriter value(boolean truth) throws IOException {
        return raw(truth ? "true" : "false");
    }

    public JsonWriter nothing() throws IOException {
        return raw("null");
    }

    public JsonWriter field(String name, CharSequence text) throws IOException {
        return name(name).value(text);
    }

    public JsonWriter field(String name, long number) throws IOException {
        return name(name).value(number);
    }

    public JsonWriter field(String name, boolean truth) throws IOException {
        return name(name).value(truth);
    }

    /** A list of strings, in one line. */
    public JsonWriter field(String name, Collection<String> texts) throws IOException {
        name(name).flat().array();
        for (var text : texts) {
            value(text);
        }
        return endArray();
    }

    /** Writes one element of an array. */
    @FunctionalInterface
    public interface Element<T> {
        void write(JsonWriter json, T element) throws IOException;
    }

    /** Writes the elements of the array that is open, in their order; where they are many, on all processors. */
    public <T> JsonWriter elements(List<T> elements, Element<? super T> each) throws IOException {
        for (int from = 0; from < elements.size(); from += WINDOW) {
            var window = elements.subList(from, Math.min(elements.size(), from + WINDOW));
            var slices = IntStream.range(0, (window.size() + SLICE - 1) / SLICE);
            boolean begins = first;
            var texts = (window.size() <= SLICE ? slices : slices.parallel())
                    .mapToObj(i -> text(slice(window, i), begins && i == 0, each))
                    .toList();
            first = false;
            passOn();
            for (var text : texts) {
                destination.append(text);
            }
        }
        return this;
    }

    private static <T> List<T> slice(List<T> elements, int number) {
        return elements.subList(number * SLICE, Math.min(elements.size(), (number + 1) * SLICE));
    }

    private <T> StringBuilder text(List<T> slice, boolean begins, Element<? super T> each) {
        var text = new StringBuilder(1 << 16);
        var json = new JsonWriter(text);
        json.depth = depth;
        json.flatFrom = flatFrom;
        json.first = begins;
        try {
            for (var element : slice) {
                each.write(json, element);
            }
            json.passOn();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text;
    }

    /** Ends the text with a line break. */
    public void end() throws IOException {
        out.append('\n');
        passOn();
    }

    private void passOn() throws IOException {
        destination.append(out);
        out.setLength(0);
    }

    private JsonWriter raw(String text) throws IOException {
        separate();
        out.append(text);
        return written();
    }

    private JsonWriter open(char bracket) throws IOException {
        separate();
        out.append(bracket);
        depth++;
        first = true;
        return this;
    }

    private JsonWriter close(char bracket) throws IOException {
        var empty = first;
        var flat = depth >= flatFrom;
        depth--;
        if (!empty && !flat) {
            newLine();
        }
        if (depth < flatFrom) {
            flatFrom = Integer.MAX_VALUE;
        }
        out.append(bracket);
        first = false;
        return written();
    }

    /** Passes on what is whole, or much. */
    private JsonWriter written() throws IOException {
        if (depth == 0 || out.length() > ENOUGH) {
            passOn();
        }
        return this;
    }

    private void separate() {
        if (named) {
            named = false;
            return;
        }
        if (!first) {
            out.append(',');
        }
        if (depth > 0 && depth < flatFrom) {
            newLine();
        } else if (!first) {
            out.append(' ');
        }
        first = false;
    }

    private void newLine() {
        out.append('\n');
        for (var i = 0; i < depth; i++) {
            out.append("  ");
        }
    }

    private void quote(CharSequence text) {
        int clean = clean(text);
        if (clean == text.length() && text instanceof String whole) {
            out.append('"').append(whole).append('"');
            return;
        }
        out.append('"');
        var length = text.length();
        var start = 0;
        for (var i = clean; i < length; i++) {
            var c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c < ' ' || c == '"' || c == '\\' || (c >= 0x7f && special(c))) {
                out.append(text, start, i);
                escape(c);
                start = i + 1;
            }
        }
        out.append(text, start, length).append('"');
    }

    /** How far the text is plain ASCII that needs no escape. */
    private static int clean(CharSequence text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
                return i;
            }
        }
        return length;
    }

    /** What is valid in JSON but disturbs JavaScript, terminals or encoders. */
    private static boolean special(char c) {
        return c < 0xa0 || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c);
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> hexadecimal(Character.isSurrogate(c) ? '\ufffd' : c);
        }
    }

    private void hexadecimal(char c) {
        out.append("\\u");
        for (var shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 0xf));
        }
    }
}
