package dev.stepzero.govern.report;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Severity;
import dev.stepzero.govern.json.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rules that the results of a run speak of, each with a page of help. */
final class SarifRules {
    private static final int MOST_TAGS = 20;

    private final RuleTexts texts;
    private final Map<String, Integer> indices = new LinkedHashMap<>();
    private final Map<String, Finding> worst = new LinkedHashMap<>();

    SarifRules(ScanResult result) {
        texts = result.rules();
        for (var each : result.findings()) {
            add(each.finding());
        }
    }

    private void add(Finding finding) {
        indices.putIfAbsent(finding.rule(), indices.size());
        worst.merge(finding.rule(), finding, (one, other) -> other.severity().atLeast(one.severity()) ? other : one);
    }

    int index(Finding finding) {
        return indices.getOrDefault(finding.rule(), 0);
    }

    /** GitHub's bands: above 9.0 critical, from 7.0 high, from 4.0 medium, else low. */
    static String score(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "9.5";
            case HIGH -> "8.0";
            case MEDIUM -> "5.5";
            case LOW -> "2.0";
        };
    }

    static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
        };
    }

    void write(JsonWriter json) throws IOException {
        json.name("rules").array();
        for (var finding : worst.values()) {
            rule(json, finding);
        }
        json.endArray();
    }

    private void rule(JsonWriter json, Finding finding) throws IOException {
        var why = texts.why(finding.rule());
        json.object();
        json.field("id", finding.rule());
        json.field("name", pascal(finding.rule()));
        text(json, "shortDescription", finding.title());
        text(json, "fullDescription", why.orElse(finding.title()));
        json.name("help").object();
        json.field("text", SarifReport.unlinked(finding.title() + ". To mend it: " + finding.fix()));
        json.field("markdown", Markdown.help(finding, why));
        json.endObject();
        json.name("defaultConfiguration").flat().object();
        json.field("level", level(finding.severity())).endObject();
        json.name("properties").object();
        json.field("security-severity", score(finding.severity()));
        json.field("precision", "very-high");
        tags(json, finding);
        if (!finding.aliases().isEmpty()) {
            json.field("aliases", finding.aliases());
        }
        json.endObject();
        json.endObject();
    }

    /** Twenty at most: GitHub refuses more. */
    private static void tags(JsonWriter json, Finding finding) throws IOException {
        var tags = new ArrayList<String>();
        tags.add("security");
        finding.stride().stream().sorted().forEach(threat -> tags.add(threat.label()));
        finding.cwe().forEach(number -> tags.add("external/cwe/cwe-%03d".formatted(number)));
        tags.addAll(finding.controls());
        json.field("tags", tags.subList(0, Math.min(MOST_TAGS, tags.size())));
    }

    private static void text(JsonWriter json, String name, String text) throws IOException {
        json.name(name)
                .flat()
                .object()
                .field("text", SarifReport.unlinked(text))
                .endObject();
    }

    private static String pascal(String id) {
        var name = new StringBuilder(id.length());
        var capital = true;
        for (var i = 0; i < id.length(); i++) {
            var c = id.charAt(i);
            if (c == '-' || c == '_' || c == ' ') {
                capital = true;
            } else {
                name.append(capital ? Character.toUpperCase(c) : c);
                capital = false;
            }
        }
        return name.toString();
    }
}
