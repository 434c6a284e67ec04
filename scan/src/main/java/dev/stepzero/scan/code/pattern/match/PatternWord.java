package dev.stepzero.scan.code.pattern.match;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of programs: a pattern can match only where a certain one of its own stands. */
public final class PatternWord {
    private static final Pattern QUOTED =
            Pattern.compile("\"(\\\\.|[^\"\\\\])*\"|'(\\\\.|[^'\\\\])*'|`(\\\\.|[^`\\\\])*`");
    private static final Pattern WORD = Pattern.compile("[$\\w]+");

    /** What the languages' own words mean may be written otherwise, and {@code require} may be an import. */
    private static final Set<String> OF_LANGUAGES = Set.of(
            "require",
            "function",
            "return",
            "async",
            "await",
            "class",
            "import",
            "from",
            "with",
            "true",
            "false",
            "True",
            "False",
            "None",
            "null",
            "undefined",
            "self",
            "this",
            "const",
            "default",
            "func",
            "new",
            "typeof",
            "delete");

    private PatternWord() {}

    /** The word that code must have so that a pattern may match; empty where none is certain. */
    public static Optional<String> of(String pattern) {
        var words = WORD.matcher(QUOTED.matcher(pattern).replaceAll(" "));
        String longest = "";
        while (words.find()) {
            var word = words.group();
            if (word.length() > longest.length()
                    && word.indexOf('$') < 0
                    && Character.isJavaIdentifierStart(word.charAt(0))
                    && !OF_LANGUAGES.contains(word)) {
                longest = word;
            }
        }
        return longest.isEmpty() ? Optional.empty() : Optional.of(longest);
    }

    /** All words of a text. */
    public static Set<String> all(String text) {
        var words = new HashSet<String>();
        int at = 0;
        while (at < text.length()) {
            int start = at;
            while (at < text.length() && isPart(text.charAt(at))) {
                at++;
            }
            if (at > start) {
                words.add(text.substring(start, at));
            } else {
                at++;
            }
        }
        return words;
    }

    private static boolean isPart(char c) {
        return c == '_' || (c < 128 ? Character.isLetterOrDigit(c) : Character.isJavaIdentifierPart(c));
    }
}
