package dev.stepzero.scan.secrets;

import java.util.Locale;

/** A credential as it may be shown: what all of its kind begin with, and of a long one the last two characters. */
final class Masked {
    private static final int LONG = 24;

    private Masked() {}

    static String of(Hit hit) {
        var value = hit.value();
        var lower = value.toLowerCase(Locale.ROOT);
        var prefix = hit.weight() < 3
                ? ""
                : hit.rule().keywords().stream()
                        .filter(keyword -> lower.startsWith(keyword) && value.length() >= keyword.length() + 8)
                        .map(keyword -> value.substring(0, keyword.length()))
                        .findFirst()
                        .orElse("");
        var end = value.length() >= LONG && hit.weight() > 0 ? value.substring(value.length() - 2) : "";
        var shown = end.chars().allMatch(c -> c > ' ' && c < 127) ? end : "";
        return "%s…%s (%d characters)".formatted(prefix, shown, value.length());
    }
}
