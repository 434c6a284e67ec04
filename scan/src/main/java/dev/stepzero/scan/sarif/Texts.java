package dev.stepzero.scan.sarif;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Messages as plain text (section 3.11): templates are filled, links and marks are taken out. */
final class Texts {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern MARKS = Pattern.compile("(?m)^[#>]+ |[*`]{1,3}");
    private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?])\\s");

    private Texts() {}

    /** What a message says; empty if nothing. */
    static String of(JsonNode message, JsonNode rule, JsonNode driver) {
        var id = message.path("id").asString("");
        var said = plain(message);
        if (said.isBlank() && !id.isEmpty()) {
            said = plain(rule.path("messageStrings").path(id));
            said = said.isBlank() ? plain(driver.path("globalMessageStrings").path(id)) : said;
        }
        return unlinked(filled(said, message.path("arguments"))).strip();
    }

    /** What a text in both forms says. */
    static String plain(JsonNode both) {
        var text = both.path("text").asString("");
        return text.isBlank()
                ? MARKS.matcher(both.path("markdown").asString(""))
                        .replaceAll("")
                        .strip()
                : text;
    }

    /** Placeholders are numbers in braces; without arguments a brace is a brace, whatever the standard says. */
    private static String filled(String text, JsonNode arguments) {
        if (arguments.isEmpty()) {
            return text;
        }
        var filled = new StringBuilder();
        for (int i = 0; i < text.length() && filled.length() < Parts.LONGEST_TEXT; i++) {
            char c = text.charAt(i);
            if ((c == '{' || c == '}') && i + 1 < text.length() && text.charAt(i + 1) == c) {
                filled.append(c);
                i++;
            } else if (c == '{' && text.indexOf('}', i) > i && text.indexOf('}', i) - i < 5) {
                int end = text.indexOf('}', i);
                filled.append(argument(arguments, text.substring(i + 1, end)));
                i = end;
            } else {
                filled.append(c);
            }
        }
        return filled.toString();
    }

    private static String argument(JsonNode arguments, String number) {
        return number.matches("\\d{1,3}")
                ? arguments.path(Integer.parseInt(number)).asString("{" + number + "}")
                : "{" + number + "}";
    }

    /** Of a link, its words; what was kept from being one, as it is (section 3.11.6). */
    static String unlinked(String text) {
        if (!text.contains("](")) {
            return text;
        }
        var plain = new StringBuilder();
        int open = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && "[]\\".indexOf(text.charAt(i + 1)) >= 0) {
                plain.append(text.charAt(++i));
            } else if (c == ']' && open >= 0 && i + 1 < text.length() && text.charAt(i + 1) == '(') {
                int end = text.indexOf(')', i);
                if (end < 0) {
                    return plain.append(text, i, text.length()).toString();
                }
                plain.deleteCharAt(open);
                open = -1;
                i = end;
            } else {
                open = c == '[' ? plain.length() : open;
                plain.append(c);
            }
        }
        return plain.toString();
    }

    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }

    /** On one line. */
    static String line(String text) {
        return BLANKS.matcher(text).replaceAll(" ").strip();
    }

    /** As many whole sentences as fit, at least one, on one line. */
    static String sentences(String text, int most) {
        var line = line(text);
        if (line.length() <= most) {
            return line;
        }
        var kept = new StringBuilder();
        for (var sentence : SENTENCE.split(line, -1)) {
            if (kept.length() + sentence.length() + 1 > most) {
                break;
            }
            kept.append(kept.isEmpty() ? "" : " ").append(sentence);
        }
        return kept.isEmpty() ? cut(line, most) : kept.toString();
    }
}
