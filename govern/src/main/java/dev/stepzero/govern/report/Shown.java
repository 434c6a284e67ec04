package dev.stepzero.govern.report;

/**
 * Text as a terminal may have it. What would steer the terminal or turn the direction of the text is shown by a name, so
 * that a source cannot hide what it says (CVE-2021-42574); a tab is four blanks.
 */
public final class Shown {
    private static final String TAB = "    ";

    private Shown() {}

    /** One line of text; its line breaks are shown as blanks. */
    public static String line(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (suspicious(text.charAt(i))) {
                return named(text, i);
            }
        }
        return text;
    }

    /** Half of a surrogate pair is looked at again, with its other half. */
    private static boolean suspicious(char c) {
        return c < ' ' || (c >= 0x7f && (c < 0xa0 || c == 0xad || c > 0x5ff));
    }

    private static String named(String text, int from) {
        var shown = new StringBuilder(text.length() + 16).append(text, 0, from);
        for (var i = from; i < text.length(); ) {
            var character = text.codePointAt(i);
            append(shown, character);
            i += Character.charCount(character);
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, int character) {
        switch (character) {
            case '\t' -> shown.append(TAB);
            case '\n', '\r' -> shown.append(' ');
            // Joins pictures to one; harmless, and emoji fall apart without it.
            case 0x200d -> shown.appendCodePoint(character);
            default -> {
                switch (Character.getType(character)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR ->
                        shown.append("<U+").append(hexadecimal(character)).append('>');
                    default -> shown.appendCodePoint(character);
                }
            }
        }
    }

    private static String hexadecimal(int character) {
        var digits = Integer.toHexString(character).toUpperCase(java.util.Locale.ROOT);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }

    /** As much of a line as so many columns hold. */
    public static String fitting(String line, int columns) {
        if (line.length() * 2 <= columns || Columns.of(line) <= columns) {
            return line;
        }
        var used = 0;
        for (var i = 0; i < line.length(); ) {
            var character = line.codePointAt(i);
            used += Columns.of(character);
            if (used > columns) {
                return shorter(line, i, columns);
            }
            i += Character.charCount(character);
        }
        return line;
    }

    private static String shorter(String line, int end, int columns) {
        var used = Columns.of(line.substring(0, end));
        var cut = end;
        while (cut > 0 && used > columns - 1) {
            var character = line.codePointBefore(cut);
            used -= Columns.of(character);
            cut -= Character.charCount(character);
        }
        return line.substring(0, cut) + "…";
    }
}
