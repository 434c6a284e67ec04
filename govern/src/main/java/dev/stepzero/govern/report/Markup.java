package dev.stepzero.govern.report;

/** Text within XML and HTML. What XML 1.0 cannot hold at all becomes U+FFFD. */
final class Markup {
    private Markup() {}

    /** The text as it may stand between tags and within quotes. */
    static String escaped(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (special(text.charAt(i))) {
                return escaped(text, i);
            }
        }
        return text;
    }

    private static boolean special(char c) {
        return c < ' ' || c == '<' || c == '>' || c == '&' || c == '"' || c == '\'' || (c >= 0x7f && rare(c));
    }

    private static boolean rare(char c) {
        return c < 0xa0 || (c >= 0x2000 && c <= 0x206f) || Character.isSurrogate(c) || c >= 0xfff9;
    }

    private static String escaped(String text, int from) {
        var escaped = new StringBuilder(text.length() + 64);
        var copied = 0;
        for (var i = from; i < text.length(); i++) {
            if (special(text.charAt(i))) {
                escaped.append(text, copied, i);
                var character = text.codePointAt(i);
                append(escaped, character);
                i += Character.charCount(character) - 1;
                copied = i + 1;
            }
        }
        return escaped.append(text, copied, text.length()).toString();
    }

    private static void append(StringBuilder escaped, int character) {
        switch (character) {
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '&' -> escaped.append("&amp;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            case '\n' -> escaped.append("&#10;");
            case '\t' -> escaped.append("&#9;");
            default -> escaped.appendCodePoint(allowed(character) ? character : 0xfffd);
        }
    }

    /** Without marks that turn the direction of the text, which hide what a source says. */
    private static boolean allowed(int character) {
        return character >= ' '
                && (character < 0x7f || character >= 0xa0)
                && !(character >= 0xd800 && character <= 0xdfff)
                && !(character >= 0x202a && character <= 0x202e)
                && !(character >= 0x2066 && character <= 0x2069)
                && character != 0xfffe
                && character != 0xffff;
    }
}
