package dev.stepzero.scan.code.pattern.rule;

import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import dev.stepzero.rules.PackedTexts;
import dev.stepzero.rules.RuleYaml;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads rules and frameworks. {@code docs/rules/patterns.md} tells their form. */
final class PatternRuleFiles {
    private static final Set<String> RULE = Set.of(
            "id",
            "title",
            "severity",
            "stride",
            "cwe",
            "why",
            "fix",
            "message",
            "controls",
            "aliases",
            "imports",
            "patterns",
            "from",
            "sources",
            "sinks",
            "cleaners",
            "safe_start",
            "safe_if",
            "safe_unless",
            "examples");
    private static final Set<String> FRAMEWORK =
            Set.of("framework", "title", "imports", "sources", "sinks", "cleaners");

    final Map<String, PatternRule> rules = new TreeMap<>();
    final Map<String, Framework> frameworks = new TreeMap<>();

    /** Reads one, unless it is about Java. @throws dev.stepzero.core.UserError if it is none; it says what is wrong and where */
    void read(String path, String text) {
        var language = PackedTexts.language(path);
        if (language.equals("java")) {
            return;
        }
        var file = RuleYaml.parse(path, text);
        if (file.optional("framework").isPresent()) {
            var framework = framework(file, language);
            frameworks.put(language + " " + framework.name(), framework);
        } else {
            var rule = rule(path, file, language);
            rules.put(rule.id(), rule);
        }
    }

    private static Framework framework(RuleYaml file, String language) {
        file.only(FRAMEWORK);
        file.text("title");
        return new Framework(
                file.text("framework"),
                language,
                file.texts("imports"),
                Clauses.sources(file, ""),
                file.maps("sinks").stream()
                        .map(each -> Clauses.sink(each, each.text("rule")))
                        .toList(),
                Clauses.cleaners(file, Set.of()));
    }

    private static PatternRule rule(String path, RuleYaml file, String language) {
        file.only(RULE);
        var id = file.text("id");
        var name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        file.require(
                name.startsWith(id + "." + language + "."),
                "the id '%s' is not the file's name '%s'".formatted(id, name));
        file.require(id.matches("[a-z0-9]++(-[a-z0-9]++)*+"), "an id is lower case letters, digits and hyphens");
        var patterns = file.maps("patterns").stream().map(Clauses::of).toList();
        var sinks =
                file.maps("sinks").stream().map(each -> Clauses.sink(each, id)).toList();
        var sources = Clauses.sources(file, id);
        file.require(
                !patterns.isEmpty() || !file.texts("from").isEmpty() || !sources.isEmpty(),
                "it has neither 'patterns' nor a way: 'from' or 'sources', and 'sinks'");
        var examples = file.map("examples");
        return new PatternRule(
                id,
                language,
                file.text("title"),
                severity(file),
                stride(file),
                file.texts("cwe").stream().map(Integer::valueOf).toList(),
                file.text("why").strip(),
                file.text("fix").strip(),
                file.optional("message").orElse(file.text("title")).strip(),
                file.texts("controls"),
                file.texts("aliases"),
                file.texts("imports"),
                patterns,
                Set.copyOf(file.texts("from")),
                sources,
                sinks,
                Clauses.cleaners(file, Set.of(id)),
                Clauses.expression(file, "safe_start"),
                file.texts("safe_if").isEmpty() ? List.of() : List.of(Clause.of(file.texts("safe_if"))),
                file.texts("safe_unless").isEmpty() ? List.of() : List.of(Clause.of(file.texts("safe_unless"))),
                examples.map(each -> each.texts("bad")).orElse(List.of()),
                examples.map(each -> each.texts("good")).orElse(List.of()));
    }

    static Severity severity(RuleYaml file) {
        try {
            return Severity.valueOf(file.text("severity").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw file.wrong("'%s' is no severity: low, medium, high or critical".formatted(file.text("severity")));
        }
    }

    private static Set<Stride> stride(RuleYaml file) {
        var found = EnumSet.noneOf(Stride.class);
        for (var text : file.texts("stride")) {
            found.add(
                    Stride.labelled(text).orElseThrow(() -> file.wrong("'%s' is no threat of STRIDE".formatted(text))));
        }
        file.require(!found.isEmpty(), "'stride' names no threat");
        return found;
    }
}
