package dev.stepzero.scan.docker;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the comments at the very top tell the parser: {@code # escape=`}. */
record Directives(Map<String, String> all) {
    private static final Set<String> KNOWN = Set.of("syntax", "escape", "check");

    static Directives of(Lines lines) {
        var found = new LinkedHashMap<String, String>();
        for (int line = 0; line < lines.count(); line++) {
            var text = lines.get(line).strip();
            int eq = text.indexOf('=');
            if (eq < 0 || !text.startsWith("#")) {
                break;
            }
            var name = text.substring(1, eq).strip().toLowerCase(Locale.ROOT);
            if (!KNOWN.contains(name)) {
                break;
            }
            found.putIfAbsent(name, text.substring(eq + 1).strip());
        }
        return new Directives(found);
    }

    char escape() {
        return "`".equals(all.get("escape")) ? '`' : '\\';
    }
}
