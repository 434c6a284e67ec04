package dev.stepzero.scan.terraform.functions;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** Fills a replacement's {@code $1}, {@code ${1}} and {@code $name}; a group that is not there is empty. */
final class Expansion {
    private Expansion() {}

    static void append(StringBuilder result, String template, Pattern pattern, Matcher matcher) {
        int i = 0;
        while (i < template.length()) {
            char c = template.charAt(i);
            if (c != '$' || i + 1 == template.length()) {
                result.append(c);
                i++;
                continue;
            }
            if (template.charAt(i + 1) == '$') {
                result.append('$');
                i += 2;
                continue;
            }
            var braced = template.charAt(i + 1) == '{';
            int start = braced ? i + 2 : i + 1;
            int end = start;
            while (end < template.length() && word(template.charAt(end))) {
                end++;
            }
            if (end == start || (braced && (end == template.length() || template.charAt(end) != '}'))) {
                result.append('$');
                i++;
                continue;
            }
            result.append(group(template.substring(start, end), pattern, matcher));
            i = braced ? end + 1 : end;
        }
    }

    private static boolean word(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static String group(String name, Pattern pattern, Matcher matcher) {
        var digits = name.chars().allMatch(c -> c >= '0' && c <= '9');
        int index = digits
                ? (name.length() > 4 ? -1 : Integer.parseInt(name))
                : pattern.namedGroups().getOrDefault(name, -1);
        if (index < 0 || index > matcher.groupCount()) {
            return "";
        }
        var text = matcher.group(index);
        return text == null ? "" : text;
    }
}
