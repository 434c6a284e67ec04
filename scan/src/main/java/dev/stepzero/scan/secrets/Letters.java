package dev.stepzero.scan.secrets;

/** What sort of character a byte is, from a table: asked a hundred million times a second. */
final class Letters {
    private static final byte WORD = 1;
    private static final byte NAME = 2;
    private static final byte BLANK = 4;
    private static final byte CLOSER = 8;
    private static final byte OPERATOR = 16;
    private static final byte OPENER = 32;
    private static final byte END = 64;

    private static final byte[] KINDS = kinds();

    private Letters() {}

    private static byte[] kinds() {
        var kinds = new byte[256];
        set(kinds, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_", (byte) (WORD | NAME));
        set(kinds, "-.$", NAME);
        set(kinds, " \t\r\n", BLANK);
        set(kinds, " \t\r\n\"'`])\\", CLOSER);
        set(kinds, "=:>,|?+.(!", OPERATOR);
        set(kinds, " \t\r\n\"'`=\\@([{", OPENER);
        set(kinds, " \t\r\n\"'`;,)]}<&|\\\u0000", END);
        return kinds;
    }

    private static void set(byte[] kinds, String characters, byte kind) {
        characters.chars().forEach(c -> kinds[c] = (byte) (kinds[c] | kind));
    }

    static boolean isWord(byte b) {
        return (KINDS[b & 0xff] & WORD) != 0;
    }

    static boolean isName(byte b) {
        return (KINDS[b & 0xff] & NAME) != 0;
    }

    static boolean isBlank(byte b) {
        return (KINDS[b & 0xff] & BLANK) != 0;
    }

    /** Whether it is a blank within a line. */
    static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }

    static boolean isQuote(byte b) {
        return b == '"' || b == '\'' || b == '`';
    }

    static boolean isCloser(byte b) {
        return (KINDS[b & 0xff] & CLOSER) != 0;
    }

    static boolean isOperator(byte b) {
        return (KINDS[b & 0xff] & OPERATOR) != 0;
    }

    static boolean isOpener(byte b) {
        return (KINDS[b & 0xff] & OPENER) != 0;
    }

    /** Whether a value without quotes ends before it. */
    static boolean isEnd(byte b) {
        return (KINDS[b & 0xff] & END) != 0;
    }
}
