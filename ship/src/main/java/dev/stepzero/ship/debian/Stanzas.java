package dev.stepzero.ship.debian;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads control data (Debian Policy, section 5.1): paragraphs of fields, separated by empty lines. Continuation lines
 * are joined with a line feed. Field names come in lower case.
 */
final class Stanzas {
    private final BufferedReader in;
    private final Set<String> fields;

    /** Keeps only the named fields, or all of them when none is named. */
    Stanzas(BufferedReader in, Set<String> fields) {
        this.in = in;
        this.fields = fields;
    }

    /** The next paragraph; empty at the end. */
    Optional<Map<String, String>> next() throws IOException {
        var stanza = new HashMap<String, StringBuilder>();
        var field = "";
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isBlank()) {
                if (!stanza.isEmpty()) {
                    return Optional.of(texts(stanza));
                }
            } else if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                if (!field.isEmpty()) {
                    stanza.computeIfAbsent(field, each -> new StringBuilder())
                            .append('\n')
                            .append(line.strip());
                }
            } else if (line.charAt(0) != '#') {
                var colon = line.indexOf(':');
                var name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
                field = fields.isEmpty() || fields.contains(name) ? name : "";
                if (!field.isEmpty()) {
                    stanza.put(
                            field, new StringBuilder(line.substring(colon + 1).strip()));
                }
            }
        }
        return stanza.isEmpty() ? Optional.empty() : Optional.of(texts(stanza));
    }

    private static Map<String, String> texts(Map<String, StringBuilder> stanza) {
        var texts = new HashMap<String, String>();
        stanza.forEach((field, text) -> texts.put(field, text.toString()));
        return texts;
    }
}
