package dev.stepzero.scan.packages.maven;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Fills {@code ${expressions}} in. One that has no value, or stands for itself, stays as it is. */
final class Interpolation {
    /** Properties that name each other twice over grow beyond all bounds; nobody needs this much. */
    private static final int LONGEST = 10_000;

    private static final int DEEPEST = 200;

    private final Map<String, String> properties;
    private final Map<String, String> filled = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    /** @param properties all values by what stands between the braces */
    Interpolation(Map<String, String> properties) {
        this.properties = properties;
    }

    String of(String text) {
        int begin = text.indexOf("${");
        if (begin < 0) {
            return text;
        }
        var result = new StringBuilder();
        int at = 0;
        while (begin >= 0) {
            int end = text.indexOf('}', begin);
            if (end < 0 || result.length() > LONGEST) {
                break;
            }
            result.append(text, at, begin).append(value(text.substring(begin + 2, end)));
            at = end + 1;
            begin = text.indexOf("${", at);
        }
        return result.append(text, at, text.length()).toString();
    }

    private String value(String name) {
        var known = filled.get(name);
        if (known != null) {
            return known;
        }
        var written = properties.get(name);
        if (written == null || open.size() >= DEEPEST || !open.add(name)) {
            return "${" + name + "}";
        }
        var whole = of(written);
        open.remove(name);
        var value = whole.length() > LONGEST ? "${" + name + "}" : whole;
        filled.put(name, value);
        return value;
    }
}
