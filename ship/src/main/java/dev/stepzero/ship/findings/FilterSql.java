package dev.stepzero.ship.findings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A filter as conditions with named parameters. */
final class FilterSql {
    private static final int MOST_WORDS = 8;
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    FilterSql(FindingFilter filter) {
        // Word for word what the partial indexes say, or they are not used.
        conditions.add(filter.resolved() ? "resolved_at is not null" : "resolved_at is null and environment <> ''");
        filter.project().ifPresent(value -> add("project = :project", "project", value));
        filter.environment().ifPresent(value -> add("environment = :environment", "environment", value));
        filter.severity().ifPresent(value -> add("severity = :severity", "severity", Weight.of(value)));
        filter.rule().ifPresent(value -> add("rule = :rule", "rule", value));
        filter.state().ifPresent(value -> {
            add("state = :state", "state", value.label());
            if (value != FindingState.OPEN) {
                conditions.add("state <> 'open'");
            }
        });
        filter.file().ifPresent(this::file);
        filter.text().ifPresent(this::text);
    }

    void add(String condition, String name, Object value) {
        conditions.add(condition);
        parameters.put(name, value);
    }

    private void file(String file) {
        if (file.endsWith("*")) {
            var beginning = file.substring(0, file.length() - 1).replaceAll("([\\\\%_])", "\\\\$1");
            add("path like :file", "file", beginning + "%");
        } else {
            add("path = :file", "file", file);
        }
    }

    /**
     * Each word as a whole and the last as the beginning of one, as people type it: beginnings of many words in common
     * make long lists. What is no letter or digit parts words, as it does in the index.
     */
    private void text(String text) {
        var words = NO_WORD.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" & "));
        if (!words.isEmpty()) {
            add("words @@ cast(:words as tsquery)", "words", words + ":*");
        }
    }

    String where() {
        return "where " + String.join(" and ", conditions);
    }

    Map<String, Object> parameters() {
        return parameters;
    }
}
