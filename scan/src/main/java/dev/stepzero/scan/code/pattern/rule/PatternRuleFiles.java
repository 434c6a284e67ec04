package dev.stepzero.scan.code.pattern.rule;

import dev.stepzero.rules.RuleYaml;
import java.util.List;
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
            "supersedes",
            "imports",
            "patterns",
            "from",
            "sources",
            "sinks",
            "cleaners",
            "safe_start",
            "examples");
    private static final Set<String> FRAMEWORK =
            Set.of("framework", "title", "imports", "sources", "sinks", "cleaners", "ends");

    final Map<String, PatternRule> rules = new TreeMap<>();
    final Map<String, Framework> frameworks = new TreeMap<>();

    /** Reads one about a language. @throws dev.stepzero.core.UserError if it is none; it says what is wrong and where */
    void read(RuleYaml file, String language) {
        if (file.optional("framework").isPresent()) {
            var framework = framework(file, language);
            frameworks.put(language + " " + framework.name(), framework);
        } else {
            var rule = rule(file, language);
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
                Clauses.cleaners(file, Set.of()),
                Clauses.ends(file));
    }

    private static PatternRule rule(RuleYaml file, String language) {
        file.only(RULE);
        var id = file.id();
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
                file.severity("severity"),
                file.stride(),
                file.cwe(),
                file.text("why").strip(),
                file.text("fix").strip(),
                file.optional("message").orElse(file.text("title")).strip(),
                file.texts("controls"),
                file.texts("aliases"),
                Set.copyOf(file.texts("supersedes")),
                file.texts("imports"),
                patterns,
                Set.copyOf(file.texts("from")),
                sources,
                sinks,
                Clauses.cleaners(file, Set.of(id)),
                file.expression("safe_start"),
                examples.map(each -> each.texts("bad")).orElse(List.of()),
                examples.map(each -> each.texts("good")).orElse(List.of()));
    }
}
