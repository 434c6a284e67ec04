package dev.stepzero.scan.sarif;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The weaknesses in MITRE's numbering that a result or its rule is about, in whichever of the usual ways it says so. */
final class Weaknesses {
    private static final Pattern CWE = Pattern.compile("(?i)\\bcwe[-_: /]{0,2}0*([1-9]\\d{0,4})\\b");
    private static final Pattern PAGE = Pattern.compile("cwe[.]mitre[.]org/data/definitions/(\\d{1,5})");
    private static final Pattern NUMBER = Pattern.compile("(?i)(?:cwe-)?0*([1-9]\\d{0,4})");
    private static final int MOST = 10;

    private final TreeSet<Integer> numbers = new TreeSet<>();

    private Weaknesses() {}

    static List<Integer> of(JsonNode result, JsonNode rule, ToolRun run) {
        var found = new Weaknesses();
        for (var properties : List.of(result.path("properties"), rule.path("properties"))) {
            properties.path("tags").forEach(tag -> found.inText(tag.asString("")));
            found.inText(properties.path("cwe").asString(""));
            properties.path("cwe").forEach(each -> found.inText(each.asString("")));
        }
        result.path("taxa").forEach(taxon -> found.inTaxon(taxon, run));
        rule.path("relationships").forEach(each -> found.inTaxon(each.path("target"), run));
        return found.numbers.stream().limit(MOST).toList();
    }

    private void inText(String text) {
        for (var pattern : List.of(CWE, PAGE)) {
            pattern.matcher(text).results().limit(MOST).forEach(match -> numbers.add(Integer.parseInt(match.group(1))));
        }
    }

    /** A taxon of the taxonomy of that name, by its id or its index there (section 3.19.3). */
    private void inTaxon(JsonNode reference, ToolRun run) {
        var component = reference.path("toolComponent");
        var taxonomy = run.taxonomy(component);
        var name = component.path("name").asString(taxonomy.path("name").asString(""));
        if (!name.toLowerCase(Locale.ROOT).contains("cwe")) {
            inText(reference.path("id").asString(""));
            return;
        }
        int index = reference.path("index").asInt(-1);
        var indexed =
                index < 0 ? "" : taxonomy.path("taxa").path(index).path("id").asString("");
        var match = NUMBER.matcher(reference.path("id").asString(indexed).strip());
        if (match.matches()) {
            numbers.add(Integer.parseInt(match.group(1)));
        }
    }
}
