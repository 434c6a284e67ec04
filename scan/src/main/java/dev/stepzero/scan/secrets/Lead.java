package dev.stepzero.scan.secrets;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What stands before a name on its line, where that says how its value follows: an option of a command ({@code --password
 * x}), a directive ({@code #define PASSWORD x}, {@code ENV PASSWORD x}), or a call that gives a setting with its default
 * ({@code getenv("PASSWORD", "x")}).
 */
final class Lead {
    private static final int LONGEST_WORD = 14;
    private static final int MOST_BLANKS = 8;

    private static final List<String> DIRECTIVES = WordList.list("define set env global setenv setx");
    private static final Set<String> SETTINGS = WordList.set("""
            getenv env get fetch getproperty getordefault setproperty put setenv putenv setdefault
            """);

    private Lead() {}

    /** Where the name begins that a place is in. */
    static int nameStart(byte[] bytes, int at, int longest) {
        int start = at;
        while (start > 0 && at - start < longest && Letters.isName(bytes[start - 1])) {
            start--;
        }
        return start;
    }

    /** Whether a name is an option of a command, whose value may follow a blank. */
    static boolean isOption(byte[] bytes, int start) {
        return bytes[start] == '-' && (start == 0 || bytes[start - 1] != ']');
    }

    /** Whether the word before a name says that what follows is its value. */
    static boolean isDirective(byte[] bytes, int start) {
        int end = back(bytes, start);
        if (end == start || end == 0 || "etvlxETVLX".indexOf(bytes[end - 1]) < 0) {
            return false;
        }
        for (var directive : DIRECTIVES) {
            if (endsWith(bytes, end, directive)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWith(byte[] bytes, int end, String word) {
        int from = end - word.length();
        if (from < 0 || (from > 0 && Letters.isWord(bytes[from - 1]))) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((bytes[from + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a name in quotes is the first argument of a call that reads or writes a setting. */
    static boolean isSetting(byte[] bytes, int start) {
        int at = start;
        while (at > 0 && start - at < 3 && "\"'`\\".indexOf(bytes[at - 1]) >= 0) {
            at--;
        }
        return at < start && at > 0 && bytes[at - 1] == '(' && SETTINGS.contains(wordBefore(bytes, at - 1));
    }

    private static int back(byte[] bytes, int from) {
        int at = from;
        while (at > 0 && from - at < MOST_BLANKS && (bytes[at - 1] == ' ' || bytes[at - 1] == '\t')) {
            at--;
        }
        return at;
    }

    private static String wordBefore(byte[] bytes, int end) {
        var word = new StringBuilder();
        for (int at = end; at > 0 && word.length() < LONGEST_WORD && isLetter(bytes[at - 1]); at--) {
            word.append((char) bytes[at - 1]);
        }
        return word.reverse().toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isLetter(byte b) {
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'z';
    }
}
