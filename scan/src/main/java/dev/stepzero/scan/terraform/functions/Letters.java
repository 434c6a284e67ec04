package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Texts letter by letter, by Unicode's simple mappings: one letter never becomes two. */
final class Letters {
    private Letters() {}

    static String lower(String text) {
        return mapped(text, Character::toLowerCase);
    }

    static String upper(String text) {
        return mapped(text, Character::toUpperCase);
    }

    private static String mapped(String text, IntUnaryOperator change) {
        var changed = new StringBuilder(text.length());
        text.codePoints().map(change).forEach(changed::appendCodePoint);
        return changed.toString();
    }

    /** The first letter of every word in title case. */
    static String title(String text) {
        var changed = new StringBuilder(text.length());
        var separated = true;
        for (int i = 0; i < text.length(); ) {
            int letter = text.codePointAt(i);
            i += Character.charCount(letter);
            changed.appendCodePoint(separated ? Character.toTitleCase(letter) : letter);
            separated = separator(letter);
        }
        return changed.toString();
    }

    private static boolean separator(int letter) {
        if (Character.isLetterOrDigit(letter) || letter == '_') {
            return false;
        }
        return letter < 0x80 || space(letter);
    }

    static String trimSpace(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && space(text.charAt(start))) {
            start++;
        }
        while (end > start && space(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean space(int letter) {
        return (letter >= '\t' && letter <= '\r') || letter == 0x85 || letter == 0xA0 || Character.isSpaceChar(letter);
    }

    static String trim(String text, String letters) {
        int start = 0;
        int end = text.length();
        while (start < end && letters.indexOf(text.codePointAt(start)) >= 0) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (end > start && letters.indexOf(text.codePointBefore(end)) >= 0) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    /** One text of many texts and unknown parts. */
    static Value assembled(List<Value> parts) {
        var joined = new ArrayList<Value>();
        var known = new StringBuilder();
        for (var part : parts) {
            if (part instanceof Unknown) {
                if (!known.isEmpty()) {
                    joined.add(Value.of(known.toString()));
                    known.setLength(0);
                }
                joined.add(part);
            } else {
                known.append(Conversion.text(part));
            }
        }
        if (joined.isEmpty() || !known.isEmpty()) {
            joined.add(Value.of(known.toString()));
        }
        return Unknown.text(joined) instanceof Unknown unknown ? unknown.present() : joined.getFirst();
    }
}
