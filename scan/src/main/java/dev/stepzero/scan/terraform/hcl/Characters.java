package dev.stepzero.scan.terraform.hcl;

/** Which characters make a name, and which make none. */
final class Characters {
    private Characters() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Where the name that begins here ends, or here if none does. */
    static int nameEnd(char[] text, int start, int end) {
        if (!beginsName(text, start, end)) {
            return start;
        }
        int at = start;
        while (inName(text, at, end)) {
            at += Character.isHighSurrogate(text[at]) ? 2 : 1;
        }
        return at;
    }

    static boolean beginsName(char[] text, int at, int end) {
        char c = text[at];
        if (c < 128) {
            return isLetter(c) || c == '_';
        }
        return Character.isUnicodeIdentifierStart(Character.codePointAt(text, at, end));
    }

    static boolean inName(char[] text, int at, int end) {
        char c = text[at];
        if (c < 128) {
            return isLetter(c) || c == '_' || c == '-' || isDigit(c);
        }
        int point = Character.codePointAt(text, at, end);
        return Character.isUnicodeIdentifierPart(point) && !Character.isIdentifierIgnorable(point);
    }

    /** Whether half a surrogate pair, or a NUL, stands here: what no text file holds. */
    static boolean isForeign(char[] text, int at, int end) {
        char c = text[at];
        if (c < 0xD800) {
            return c == 0;
        }
        if (Character.isHighSurrogate(c)) {
            return at + 1 >= end || !Character.isLowSurrogate(text[at + 1]);
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text[at - 1]));
    }

    static String shown(char[] text, int at, int end) {
        if (at >= end) {
            return "the end of the file";
        }
        char c = text[at];
        if (c == '\n' || c == '\r') {
            return "the end of the line";
        }
        int after = nameEnd(text, at, end);
        if (after > at && after - at <= 40) {
            return "\"" + new String(text, at, after - at) + "\"";
        }
        if (c < ' ' || isForeign(text, at, end)) {
            return "the character U+%04X".formatted((int) c);
        }
        return "\"" + Character.toString(Character.codePointAt(text, at, end)) + "\"";
    }
}
