package dev.stepzero.scan.code.pattern.rule;

import dev.stepzero.rules.RuleYaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the parts of rule files that hold patterns. */
final class Clauses {
    private static final Set<String> WHERE = Set.of(
            "match",
            "unless",
            "inside",
            "outside",
            "contains",
            "lacks",
            "without",
            "imports",
            "where",
            "what",
            "severity");
    private static final Set<String> CONDITION = Set.of("text", "not", "name", "constant", "type", "below", "above");

    private Clauses() {}

    /** A clause alone. */
    static Clause of(RuleYaml file) {
        file.only(WHERE);
        return clause(file);
    }

    private static Clause clause(RuleYaml file) {
        var match = file.texts("match");
        file.require(!match.isEmpty(), "'match' is missing");
        return new Clause(
                match,
                file.texts("unless"),
                file.texts("inside"),
                file.texts("outside"),
                file.texts("contains"),
                file.texts("lacks"),
                file.texts("without"),
                file.texts("imports"),
                where(file),
                file.optional("what").orElse(""),
                file.optional("severity").map(_ -> file.severity("severity")));
    }

    private static Map<String, Clause.Condition> where(RuleYaml file) {
        var where = new LinkedHashMap<String, Clause.Condition>();
        file.map("where")
                .ifPresent(all -> all.keys()
                        .forEach(name -> all.map(name).ifPresent(each -> {
                            each.only(CONDITION);
                            where.put(
                                    hole(file, name),
                                    new Clause.Condition(
                                            each.expression("text"),
                                            each.expression("not"),
                                            each.expression("name"),
                                            each.optional("constant").map(Boolean::valueOf),
                                            each.expression("type"),
                                            number(each, "below"),
                                            number(each, "above")));
                        })));
        return where;
    }

    /** The name of a hole without its sign. @throws dev.stepzero.core.UserError if no pattern beside it has such a hole */
    private static String hole(RuleYaml file, String written) {
        var name = written.replaceFirst("^[$]", "");
        var sign = Pattern.compile("[$]" + Pattern.quote(name) + "(?![A-Za-z0-9_])");
        file.require(
                Stream.of("match", "inside", "contains")
                        .flatMap(key -> file.texts(key).stream())
                        .anyMatch(text -> sign.matcher(text).find()),
                "no pattern here has the hole '$%s'".formatted(name));
        return name;
    }

    private static OptionalDouble number(RuleYaml file, String key) {
        try {
            return file.optional(key)
                    .map(Double::valueOf)
                    .map(OptionalDouble::of)
                    .orElse(OptionalDouble.empty());
        } catch (NumberFormatException e) {
            throw file.wrong("'%s' is a number".formatted(key));
        }
    }

    /** What is under {@code sources}: objects, or texts alone. */
    static List<Source> sources(RuleYaml file, String rule) {
        var sources = new ArrayList<Source>();
        if (file.isTexts("sources")) {
            var clause = Clause.of(file.texts("sources"));
            sources.add(new Source(clause, Optional.empty(), rule, "a value"));
            return sources;
        }
        for (var each : file.maps("sources")) {
            each.only(with("hole", "kind"));
            sources.add(new Source(
                    clause(each),
                    each.optional("hole").map(name -> hole(each, name)),
                    rule.isEmpty() ? each.optional("kind").orElse("input") : rule,
                    each.optional("what").orElse("a value")));
        }
        return sources;
    }

    static Sink sink(RuleYaml file, String rule) {
        file.only(with("rule", "hole", "through"));
        return new Sink(
                clause(file),
                rule,
                file.texts("hole").stream().map(name -> hole(file, name)).toList(),
                file.expression("through"),
                file.optional("what").orElse(""));
    }

    /** What is under {@code cleaners}: objects, or texts alone. */
    static List<Cleaner> cleaners(RuleYaml file, Set<String> rules) {
        if (file.isTexts("cleaners")) {
            var clause = Clause.of(file.texts("cleaners"));
            return List.of(new Cleaner(clause, Optional.empty(), Optional.empty(), rules));
        }
        return file.maps("cleaners").stream()
                .map(each -> {
                    each.only(with("for", "hole", "holds"));
                    var holds = each.optional("holds");
                    each.require(
                            holds.isEmpty() || List.of("true", "false").contains(holds.get()),
                            "'holds' is true or false");
                    each.require(
                            holds.isEmpty() || each.optional("hole").isPresent(),
                            "'holds' is about a test: 'hole' says what it tests");
                    return new Cleaner(
                            clause(each),
                            each.optional("hole").map(name -> hole(each, name)),
                            holds.map(Boolean::valueOf),
                            rules.isEmpty() ? Set.copyOf(each.texts("for")) : rules);
                })
                .toList();
    }

    /** What is under {@code ends}: objects, or texts alone. */
    static List<Clause> ends(RuleYaml file) {
        return file.isTexts("ends")
                ? List.of(Clause.of(file.texts("ends")))
                : file.maps("ends").stream().map(Clauses::of).toList();
    }

    private static Set<String> with(String... keys) {
        var all = new HashSet<>(WHERE);
        all.addAll(List.of(keys));
        return all;
    }
}
