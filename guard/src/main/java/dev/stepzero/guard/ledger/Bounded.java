package dev.stepzero.guard.ledger;

/**
 * Text as an entry may hold it. Whatever a stranger sends, the entry is written: what is too long is cut and says so, and
 * what no database can hold (NUL, half a surrogate pair) becomes U+FFFD. All else stays as it was sent; who shows it has to
 * escape it.
 */
final class Bounded {
    static final int NAME = 256;
    static final int OBJECT = 512;
    static final int REASON = 4000;

    private static final char REPLACEMENT = '\uFFFD';

    private Bounded() {}

    /** The text in at most so many UTF-16 units. */
    static String text(String text, int most) {
        var proper = proper(text);
        if (proper.length() <= most) {
            return proper;
        }
        var mark = "… (%d characters in all)".formatted(proper.length());
        var end = most - mark.length();
        if (Character.isHighSurrogate(proper.charAt(end - 1))) {
            end--;
        }
        return proper.substring(0, end) + mark;
    }

    /** The text without what no database can hold. */
    static String proper(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        var proper = new StringBuilder(text.length());
        text.codePoints()
                .map(each -> each == 0 || (each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE)
                        ? REPLACEMENT
                        : each)
                .forEach(proper::appendCodePoint);
        return proper.toString();
    }
}
