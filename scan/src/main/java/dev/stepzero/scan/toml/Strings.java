package dev.stepzero.scan.toml;

/** Reads the four kinds of strings. */
final class Strings {
    private final Cursor cursor;

    Strings(Cursor cursor) {
        this.cursor = cursor;
    }

    String any() throws MalformedToml {
        if (cursor.startsWith("\"\"\"")) {
            return manyLines("\"\"\"", true);
        }
        return cursor.startsWith("'''") ? manyLines("'''", false) : oneLine();
    }

    String oneLine() throws MalformedToml {
        int quote = cursor.next();
        boolean escapes = quote == '"';
        var string = new StringBuilder();
        while (cursor.peek() != quote) {
            int c = cursor.peek();
            if (c == Cursor.END || c == '\n') {
                throw cursor.malformed("a string is not closed");
            }
            cursor.next();
            if (escapes && c == '\\') {
                escape(string);
            } else {
                string.append((char) c);
            }
        }
        cursor.next();
        return string.toString();
    }

    private String manyLines(String quotes, boolean escapes) throws MalformedToml {
        cursor.skip(quotes.length());
        cursor.accept('\r');
        cursor.accept('\n');
        var string = new StringBuilder();
        while (!cursor.startsWith(quotes)) {
            int c = cursor.next();
            if (c == Cursor.END) {
                throw cursor.malformed("a string is not closed");
            }
            if (escapes && c == '\\') {
                if (!foldedLine()) {
                    escape(string);
                }
            } else {
                string.append((char) c);
            }
        }
        cursor.skip(quotes.length());
        // Up to two quotes may stand before the closing ones.
        for (int i = 0; i < 2 && cursor.peek() == quotes.charAt(0); i++) {
            string.append((char) cursor.next());
        }
        return string.toString();
    }

    /** Behind a backslash at the end of a line everything is left out up to the next text. */
    private boolean foldedLine() {
        if (" \t\r\n".indexOf(cursor.peek()) < 0) {
            return false;
        }
        while (!cursor.atEnd() && " \t\r\n".indexOf(cursor.peek()) >= 0) {
            cursor.next();
        }
        return true;
    }

    private void escape(StringBuilder string) throws MalformedToml {
        int c = cursor.next();
        switch (c) {
            case 'b' -> string.append('\b');
            case 't' -> string.append('\t');
            case 'n' -> string.append('\n');
            case 'f' -> string.append('\f');
            case 'r' -> string.append('\r');
            case 'e' -> string.append('\u001b');
            case '"', '\\' -> string.append((char) c);
            case 'x' -> string.appendCodePoint(hexadecimal(2));
            case 'u' -> string.appendCodePoint(hexadecimal(4));
            case 'U' -> string.appendCodePoint(hexadecimal(8));
            default -> throw cursor.malformed("there is no such escape in a string");
        }
    }

    private int hexadecimal(int digits) throws MalformedToml {
        long code = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(cursor.next(), 16);
            if (digit < 0) {
                throw cursor.malformed("an escape in a string needs " + digits + " hexadecimal digits");
            }
            code = code * 16 + digit;
        }
        if (code > Character.MAX_CODE_POINT) {
            throw cursor.malformed("an escape in a string stands for no character");
        }
        return (int) code;
    }
}
