package dev.stepzero.scan.cloudformation;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the tables of kinds: two spaces a level, words with one space between them. */
final class KindTableParser {
    private final Map<String, List<KindRule>> kinds;
    private final Deque<PropertyRules> open = new ArrayDeque<>();

    KindTableParser(Map<String, List<KindRule>> kinds) {
        this.kinds = kinds;
    }

    void parse(BufferedReader lines) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            int indent = indent(line);
            if (indent == line.length() || line.charAt(indent) == '#') {
                continue;
            }
            var words = List.of(line.substring(indent).split(" ", -1));
            if (indent == 0) {
                open.clear();
                open.push(type(words));
            } else {
                while (open.size() > indent / 2) {
                    open.pop();
                }
                open.push(entry(words, open.getFirst()));
            }
        }
    }

    private static int indent(String line) {
        int indent = 0;
        while (indent < line.length() && line.charAt(indent) == ' ') {
            indent++;
        }
        return indent;
    }

    private PropertyRules type(List<String> words) {
        var rule = new KindRule(
                words.get(1),
                option(words, "as="),
                option(words, "link="),
                option(words, "if="),
                List.of(option(words, "unless=").split("\\+", -1)),
                words.contains("only"),
                option(words, "ref="),
                new PropertyRules());
        kinds.computeIfAbsent(words.get(0), name -> new ArrayList<>(1)).add(rule);
        return rule.properties();
    }

    private static String option(List<String> words, String name) {
        for (var word : words) {
            if (word.startsWith(name)) {
                return word.substring(name.length());
            }
        }
        return "";
    }

    private PropertyRules entry(List<String> words, PropertyRules around) {
        var within = new PropertyRules();
        switch (words.getFirst()) {
            case "<" ->
                around.addAll(
                        kinds.getOrDefault(words.get(1), List.of()).getFirst().properties());
            case "=", "?" ->
                around.add(new PropertyRules.Preset(
                        words.get(1),
                        String.join(" ", words.subList(2, words.size())),
                        words.getFirst().equals("=")));
            default -> {
                var conversions = new ArrayList<Conversion>();
                for (var word : words.subList(2, words.size())) {
                    conversions.add(Conversion.named(word));
                }
                around.add(
                        words.getFirst(),
                        new PropertyRule(words.get(1), List.copyOf(conversions), own(words.get(1)), within));
            }
        }
        return within;
    }

    /** {@code +kind(link)}, {@code +kind(link@/Suffix)}, {@code +kind(link,value)}. */
    private static PropertyRule.@Nullable OwnResource own(String target) {
        if (!target.startsWith("+")) {
            return null;
        }
        int bracket = target.indexOf('(');
        var inside = target.substring(bracket + 1, target.length() - 1).split(",", 2);
        var link = inside[0].split("@", 2);
        return new PropertyRule.OwnResource(
                target.substring(1, bracket),
                link[0],
                link.length > 1 ? link[1] : "",
                inside.length > 1 ? inside[1] : "");
    }
}
