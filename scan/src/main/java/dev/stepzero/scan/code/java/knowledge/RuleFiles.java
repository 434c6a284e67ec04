package dev.stepzero.scan.code.java.knowledge;

import dev.stepzero.rules.RuleYaml;
import dev.stepzero.scan.code.java.value.Characters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads rule files about Java: rules, and what is to be known of a framework. {@code docs/rules/java.md} tells their form. */
final class RuleFiles {
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
            "from",
            "needs",
            "safe_start",
            "cleared_by",
            "names",
            "weaker",
            "sinks",
            "values",
            "settings",
            "bodies",
            "examples");
    private static final Set<String> FRAMEWORK = Set.of(
            "framework",
            "title",
            "types",
            "sources",
            "sinks",
            "cleans",
            "passes",
            "tags",
            "begins",
            "parameters",
            "endpoints",
            "returns",
            "templates",
            "providers",
            "values",
            "stubs");

    final Map<String, CodeRule> rules = new TreeMap<>();
    final Map<String, List<String>> types = new HashMap<>();
    final List<Facts.Source> sources = new ArrayList<>();
    final List<Facts.Sink> sinks = new ArrayList<>();
    final List<Facts.Cleaner> cleaners = new ArrayList<>();
    final List<Facts.Pass> passes = new ArrayList<>();
    final List<Facts.Tag> tags = new ArrayList<>();
    /** The tags of static fields, by {@code type.field}. */
    final Map<String, Set<String>> constants = new HashMap<>();

    final List<Beginning> beginnings = new ArrayList<>();
    final List<Facts.ValueCheck> values = new ArrayList<>();
    final List<Facts.Setting> settings = new ArrayList<>();
    final Map<String, String> parameters = new HashMap<>();
    final Map<String, String> endpoints = new HashMap<>();
    final List<Returned> returns = new ArrayList<>();
    final List<Template> templates = new ArrayList<>();
    final List<Provider> providers = new ArrayList<>();
    /** The rules that frameworks speak of, and where. */
    private final Map<String, RuleYaml> named = new TreeMap<>();

    final List<String> stubs = new ArrayList<>();

    /** What was read must fit together. @throws dev.stepzero.core.UserError if a rule is named that there is not */
    void check() {
        named.forEach((rule, where) -> {
            if (!rules.containsKey(rule)) {
                throw where.wrong("'%s' is no rule about Java".formatted(rule));
            }
        });
    }

    private String rule(RuleYaml each, String key) {
        var rule = each.text(key);
        named.putIfAbsent(rule, each);
        return rule;
    }

    /** Reads one. @throws dev.stepzero.core.UserError if it is none; it says what is wrong and where */
    void read(RuleYaml file) {
        if (file.optional("framework").isPresent()) {
            framework(file);
        } else {
            rule(file);
        }
    }

    private void framework(RuleYaml file) {
        file.only(FRAMEWORK);
        file.map("types")
                .ifPresent(map -> map.keys()
                        .forEach(name -> types.computeIfAbsent(internal(name), each -> new ArrayList<>())
                                .addAll(map.texts(name).stream()
                                        .map(RuleFiles::internal)
                                        .toList())));
        for (var each : file.maps("sources")) {
            each.only(Set.of("calls", "what", "kind", "into", "numbers", "without"));
            for (var call : calls(each)) {
                sources.add(new Facts.Source(
                        call,
                        each.optional("kind").orElse("input"),
                        !each.optional("numbers").equals(Optional.of("true")),
                        each.text("what"),
                        each.texts("into").isEmpty() ? Optional.empty() : Optional.of(positions(each, "into")),
                        Characters.of(each.optional("without").orElse(""))));
            }
        }
        for (var each : file.maps("sinks")) {
            each.only(Set.of("rule", "calls", "arguments", "on", "types", "where", "starts", "unless"));
            sinks(each, rule(each, "rule"));
        }
        for (var each : file.maps("cleans")) {
            each.only(Set.of("calls", "for", "removes", "tests", "arguments"));
            for (var call : calls(each)) {
                cleaners.add(new Facts.Cleaner(
                        call,
                        Set.copyOf(each.texts("for")),
                        Characters.of(each.optional("removes").orElse("")),
                        each.optional("tests").equals(Optional.of("true")),
                        positions(each, "arguments")));
            }
        }
        for (var each : file.maps("passes")) {
            each.only(Set.of("calls", "from", "to"));
            for (var call : calls(each)) {
                passes.add(new Facts.Pass(
                        call, positions(each, "from"), each.optional("to").orElse("result")));
            }
        }
        for (var each : file.maps("tags")) {
            each.only(Set.of("calls", "fields", "tag", "from", "unless", "where"));
            for (var field : each.texts("fields")) {
                int dot = Math.max(0, field.lastIndexOf('.'));
                constants
                        .computeIfAbsent(
                                internal(field.substring(0, dot)) + field.substring(dot), key -> new HashSet<>())
                        .add(each.text("tag"));
            }
            for (var call : calls(each)) {
                tags.add(new Facts.Tag(
                        call,
                        each.text("tag"),
                        each.texts("from").isEmpty() ? Optional.empty() : Optional.of(positions(each, "from")),
                        each.optional("unless").orElse(""),
                        each.expression("where")));
            }
        }
        for (var each : file.maps("begins")) {
            each.only(Set.of("calls", "as"));
            begins(each);
        }
        for (var each : file.maps("returns")) {
            returned(each);
        }
        for (var each : file.maps("templates")) {
            each.only(Set.of("rule", "annotations", "mappers", "hole", "names"));
            templates.add(new Template(
                    rule(each, "rule"),
                    names(each, "annotations"),
                    each.optional("mappers").equals(Optional.of("true")),
                    each.expression("hole")
                            .filter(hole -> hole.matcher("").groupCount() > 0)
                            .orElseThrow(() -> each.wrong("'hole' needs a group for the name")),
                    names(each, "names")));
        }
        for (var each : file.maps("providers")) {
            each.only(Set.of("rule", "annotations", "type", "method", "otherwise", "names"));
            providers.add(new Provider(
                    rule(each, "rule"),
                    names(each, "annotations"),
                    Set.copyOf(each.texts("type")),
                    each.text("method"),
                    each.optional("otherwise").orElse(""),
                    names(each, "names")));
        }
        for (var each : file.maps("parameters")) {
            each.only(Set.of("annotations", "what"));
            each.texts("annotations").forEach(name -> parameters.put(internal(name), each.text("what")));
        }
        for (var each : file.maps("endpoints")) {
            each.only(Set.of("annotations", "what"));
            each.texts("annotations").forEach(name -> endpoints.put(internal(name), each.text("what")));
        }
        for (var each : file.maps("values")) {
            each.only(Set.of("rule", "calls", "arguments", "wrong", "message"));
            values(each, rule(each, "rule"));
        }
        stubs.addAll(file.texts("stubs"));
    }

    private void rule(RuleYaml file) {
        file.only(RULE);
        var id = file.id();
        for (var each : file.maps("sinks")) {
            each.only(Set.of("calls", "arguments", "on", "types", "where", "starts", "unless"));
            sinks(each, id);
        }
        for (var each : file.maps("values")) {
            each.only(Set.of("calls", "arguments", "wrong", "message"));
            values(each, id);
        }
        for (var each : file.maps("settings")) {
            each.only(Set.of("calls", "arguments", "requires", "message", "known", "unless"));
            var required = settings(each, "requires");
            for (var call : calls(each)) {
                settings.add(new Facts.Setting(
                        call,
                        id,
                        positions(each, "arguments"),
                        required,
                        each.optional("known").equals(Optional.of("true")),
                        each.text("message"),
                        each.optional("unless").orElse("")));
            }
        }
        var examples = file.map("examples");
        rules.put(
                id,
                new CodeRule(
                        id,
                        file.text("title"),
                        file.severity("severity"),
                        file.stride(),
                        file.cwe(),
                        file.text("why").strip(),
                        file.text("fix").strip(),
                        file.optional("message").orElse("").strip(),
                        file.texts("controls"),
                        file.texts("aliases"),
                        Set.copyOf(file.texts("from")),
                        file.texts("needs").stream().map(Characters::of).toList(),
                        file.expression("safe_start"),
                        tests(file),
                        file.expression("names"),
                        file.map("weaker").map(RuleFiles::weaker),
                        file.maps("bodies").stream()
                                .map(each -> new CodeRule.Body(
                                        internal(each.text("type")), each.text("method"), each.text("wrong")))
                                .toList(),
                        examples.map(each -> each.texts("bad")).orElse(List.of()),
                        examples.map(each -> each.texts("good")).orElse(List.of())));
    }

    private static CodeRule.Weaker weaker(RuleYaml each) {
        each.only(Set.of("escaped", "severity", "message"));
        return new CodeRule.Weaker(
                Characters.of(each.text("escaped")),
                each.severity("severity"),
                each.text("message").strip());
    }

    private static Set<String> tests(RuleYaml file) {
        var tests = Set.copyOf(file.texts("cleared_by"));
        for (var test : tests) {
            file.require(CodeRule.TESTS.contains(test), "'%s' is no test that clears a value: host".formatted(test));
        }
        return tests;
    }

    private void sinks(RuleYaml each, String rule) {
        for (var call : calls(each)) {
            sinks.add(new Facts.Sink(
                    call,
                    rule,
                    positions(each, "arguments"),
                    each.optional("on").orElse(""),
                    Set.copyOf(each.texts("types")),
                    each.expression("where"),
                    each.optional("starts").orElse(""),
                    settings(each, "unless")));
        }
    }

    private void begins(RuleYaml each) {
        for (var call : calls(each)) {
            try {
                beginnings.add(Beginning.of(call, each.text("as")));
            } catch (IllegalArgumentException e) {
                throw each.wrong(String.valueOf(e.getMessage()));
            }
        }
    }

    private static List<Map<String, String>> settings(RuleYaml each, String key) {
        return each.maps(key).stream()
                .map(one -> {
                    Map<String, String> all = new LinkedHashMap<>();
                    one.keys().forEach(name -> all.put(name, one.text(name)));
                    return all;
                })
                .toList();
    }

    private void returned(RuleYaml each) {
        each.only(Set.of(
                "rule", "annotations", "with", "without", "types", "starts", "unless", "elements", "where", "absent"));
        returns.add(new Returned(
                rule(each, "rule"),
                names(each, "annotations"),
                names(each, "with"),
                names(each, "without"),
                Set.copyOf(each.texts("types")),
                each.optional("starts").orElse(""),
                each.optional("unless").orElse(""),
                names(each, "elements"),
                each.expression("where"),
                !each.optional("absent").equals(Optional.of("false"))));
    }

    private static Set<String> names(RuleYaml each, String key) {
        return each.texts(key).stream().map(RuleFiles::internal).collect(Collectors.toUnmodifiableSet());
    }

    private void values(RuleYaml each, String rule) {
        for (var call : calls(each)) {
            values.add(new Facts.ValueCheck(
                    call, rule, positions(each, "arguments"), each.expression("wrong"), each.text("message")));
        }
    }

    private static List<CallPattern> calls(RuleYaml each) {
        try {
            return each.texts("calls").stream().map(CallPattern::of).toList();
        } catch (IllegalArgumentException e) {
            throw each.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static Positions positions(RuleYaml each, String key) {
        try {
            return Positions.of(each.texts(key));
        } catch (IllegalArgumentException e) {
            throw each.wrong("'%s' are numbers from 0, or 'this'".formatted(key));
        }
    }

    private static String internal(String name) {
        return dev.stepzero.scan.code.java.program.Types.known(name.replace('.', '/'));
    }
}
