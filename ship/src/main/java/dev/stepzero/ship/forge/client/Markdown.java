package dev.stepzero.ship.forge.client;

import java.util.regex.Pattern;

/** Text of a repository inside a comment, where it must stay text: no markup, no link, no mention, no command. */
final class Markdown {
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\p{Cf}\\p{Cs}\\x{2028}\\x{2029}]+");
    private static final Pattern PUNCTUATION = Pattern.compile("[\\\\`*_{}\\[\\]()#+\\-.!|~^$:=\"'/@%?;,]");
    // Forges look for these after they have rendered the text, so that a backslash does not keep them from it.
    private static final Pattern CALLS = Pattern.compile("([@#!~%&$])|(?i)(GH)(?=-)");
    private static final String NOTHING = "\u200b";

    private Markdown() {}

    /** One line of plain characters. */
    static String line(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    }

    /** One line that reads as the text and is nothing else, cut to a length of its characters. */
    static String text(String text, int longest) {
        var line = line(text);
        var cut = line.codePointCount(0, line.length()) <= longest
                ? line
                : line.substring(0, line.offsetByCodePoints(0, longest - 1)) + "…";
        var broken = CALLS.matcher(cut).replaceAll("$0" + NOTHING);
        var entities = broken.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return escape(entities);
    }

    private static String escape(String text) {
        var escaped = new StringBuilder(text.length() * 2);
        for (var at = 0; at < text.length(); at++) {
            var entity = text.charAt(at) == '&' ? text.indexOf(';', at) : -1;
            if (entity > 0) {
                escaped.append(text, at, entity + 1);
                at = entity;
            } else {
                var letter = String.valueOf(text.charAt(at));
                escaped.append(PUNCTUATION.matcher(letter).matches() ? "\\" + letter : letter);
            }
        }
        return escaped.toString();
    }
}
