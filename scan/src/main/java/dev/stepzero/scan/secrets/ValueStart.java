package dev.stepzero.scan.secrets;

import java.util.List;

/**
 * Where a value begins behind its operator: past blanks, brackets and its quote, the letter or the call before a text in
 * quotes ({@code b"..."}, {@code []byte("...")}), and quotes as XML writes them.
 */
final class ValueStart {
    private static final int MOST_CLOSERS = 5;
    private static final int MOST_OPENERS = 40;
    private static final int LONGEST_TYPE = 40;
    private static final String VALUE = "value";

    /** What makes bytes or a secret of a text; a bracket before them is an opener. */
    private static final List<String> CONVERTERS = List.of(
            "byte(", "bytes(", "bytearray(", "buffer.from(", "string(", "new string(", "str(", "secretstr(", "strdup(");
    /** Quotes as XML and HTML write them. */
    private static final List<String> ENTITIES = List.of("&quot;", "&#34;", "&apos;", "&#39;");

    private int at;
    private byte quote;
    private boolean below;

    /** Looks from behind an operator. @return whether there is anything but an empty text */
    boolean find(Bytes text, int from) {
        if (!open(text, from)) {
            return false;
        }
        // In <entry name="token" value="..."/> the next attribute has it.
        int named = at + VALUE.length();
        if (text.follows(at, VALUE) && named < text.length() && !Letters.isName(text.array()[named])) {
            int operator = text.pastClosers(named, MOST_CLOSERS);
            if (operator < text.length() && Letters.isOperator(text.array()[operator])) {
                return open(text, operator + 1) && enter(text);
            }
        }
        return enter(text);
    }

    private boolean open(Bytes text, int from) {
        var bytes = text.array();
        int to = text.length();
        at = from;
        quote = 0;
        below = false;
        while (at < to && at - from < MOST_OPENERS && Letters.isOpener(bytes[at])) {
            byte opener = bytes[at];
            if (Letters.isQuote(opener)) {
                if (endsEmpty(bytes, from, at, to)) {
                    return false;
                }
                quote = opener;
            }
            below |= opener == '\n';
            at++;
        }
        return at < to;
    }

    /** Whether a quote is the second of two and not one of three: nothing is between them. */
    private static boolean endsEmpty(byte[] bytes, int from, int at, int to) {
        byte quote = bytes[at];
        return at > from
                && bytes[at - 1] == quote
                && (at - 1 == from || bytes[at - 2] != quote)
                && (at + 1 == to || bytes[at + 1] != quote);
    }

    /** Goes behind what a text in quotes has before it. */
    private boolean enter(Bytes text) {
        if (quote == 0) {
            at = inner(text);
        }
        return at < text.length();
    }

    private int inner(Bytes text) {
        var bytes = text.array();
        if (at + 1 < text.length() && Letters.isQuote(bytes[at + 1]) && "bBuUrRfFLN@".indexOf(bytes[at]) >= 0) {
            quote = bytes[at + 1];
            return at + 2;
        }
        int call = bytes[at] == ']' ? at + 1 : at;
        for (var converter : CONVERTERS) {
            int quoted = call + converter.length();
            if (quoted < text.length() && text.follows(call, converter) && Letters.isQuote(bytes[quoted])) {
                quote = bytes[quoted];
                return quoted + 1;
            }
        }
        for (var entity : ENTITIES) {
            if (text.follows(at, entity)) {
                return at + entity.length();
            }
        }
        return at;
    }

    /** Goes behind a type, as in {@code password: String = "..."}. @return whether a value is there then */
    boolean passType(Bytes text) {
        int typed = quote == 0 && !below ? behindType(text, at) : -1;
        return typed < 0 || find(text, typed);
    }

    private static int behindType(Bytes text, int from) {
        var bytes = text.array();
        int limit = Math.min(text.length(), from + LONGEST_TYPE);
        int at = from;
        while (at < limit && isOfType(bytes[at])) {
            at++;
        }
        boolean set = at > from + 1 && at + 2 < limit && bytes[at] == '=' && bytes[at - 1] == ' ';
        int quoted = set && bytes[at + 1] == ' ' ? at + 2 : at + 1;
        return set && Letters.isQuote(bytes[quoted]) ? quoted : -1;
    }

    private static boolean isOfType(byte b) {
        return Letters.isWord(b) || "[]<>?.*& ".indexOf(b) >= 0;
    }

    /** Where the value begins. */
    int at() {
        return at;
    }

    /** The quote before the value; 0 where there is none. */
    byte quote() {
        return quote;
    }

    /** Whether the value begins on a line below. */
    boolean isBelow() {
        return below;
    }

    /** Where the value ends: at its quote, or before what no bare value holds. */
    int end(Bytes text, int longest) {
        var bytes = text.array();
        int limit = Math.min(text.length(), at + longest + 1);
        int end = at;
        while (end < limit && !(quote == 0 ? Letters.isEnd(bytes[end]) : closes(bytes, end, limit))) {
            end++;
        }
        return end;
    }

    /** Quotes within quotes are escaped, as is the end of a line. */
    private boolean closes(byte[] bytes, int place, int limit) {
        byte b = bytes[place];
        boolean escape = b == '\\' && place + 1 < limit && (bytes[place + 1] == quote || bytes[place + 1] == 'n');
        return b == quote || b == '\n' || escape;
    }
}
