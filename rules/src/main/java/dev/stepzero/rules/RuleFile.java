package dev.stepzero.rules;

import dev.stepzero.core.UserError;
import dev.stepzero.core.resource.Value;
import dev.stepzero.rules.condition.CelCompiler;
import dev.stepzero.rules.condition.MalformedCondition;
import dev.stepzero.rules.condition.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads rule files. Keeps the CEL compiler, so reading many with one is cheap; not for use by several threads. */
public final class RuleFile {
    private static final Set<String> KEYS = Set.of(
            "id",
            "title",
            "severity",
            "stride",
            "cwe",
            "why",
            "resources",
            "fails_if",
            "at",
            "message",
            "fix",
            "controls",
            "aliases",
            "examples",
            "raise_if",
            "lower_if");
    private static final Set<String> LOOK_KEYS = Set.of("kind", "applies_if", "each", "fails_if", "at", "message");
    private static final int LONGEST_TITLE = 100;

    private final CelCompiler compiler = new CelCompiler();

    /** A rule and its examples, by format. */
    public record Source(Rule rule, Map<String, Examples> examples) {}

    /** Texts that the rule must find and texts that it must not. */
    public record Examples(List<String> bad, List<String> good) {}

    /**
     * Reads one file.
     *
     * @param path for messages; its name without the extension is the rule's id
     * @throws UserError if it is no rule; it says what is wrong and where
     */
    public Source read(String path, String text) {
        var file = RuleYaml.parse(path, text);
        file.only(KEYS);
        var id = file.id();
        var title = file.text("title");
        file.require(
                title.length() <= LONGEST_TITLE, "the title is longer than %d characters".formatted(LONGEST_TITLE));
        var looks =
                file.maps("resources").stream().map(look -> look(file, look)).toList();
        file.require(!looks.isEmpty(), "'resources' names no kind");
        var rule = new Rule(
                id,
                title,
                file.severity("severity"),
                file.stride(),
                file.cwe(),
                file.text("why").strip(),
                file.text("fix").strip(),
                file.texts("controls"),
                file.texts("aliases"),
                looks,
                adjustments(file));
        return new Source(rule, examples(file));
    }

    private Rule.Look look(RuleYaml file, RuleYaml look) {
        look.only(LOOK_KEYS);
        var each = look.optional("each").map(text -> each(look, text));
        var names = new ArrayList<>(List.of("resource"));
        each.ifPresent(found -> names.add(found.name()));
        var fails = compile(
                look,
                look.optional("fails_if")
                        .or(() -> file.optional("fails_if"))
                        .orElseThrow(() -> look.wrong("there is no 'fails_if', neither here nor for the whole rule")),
                names);
        var at = look.optional("at").or(() -> file.optional("at")).orElse("");
        var message = look.optional("message")
                .or(() -> file.optional("message"))
                .orElseThrow(() -> look.wrong("there is no 'message'"));
        return new Rule.Look(
                look.texts("kind"),
                look.optional("applies_if").map(text -> compile(look, text, List.of("resource"))),
                each,
                fails,
                at.isEmpty() ? FirstPath.in(fails) : at,
                message(look, message, names));
    }

    private Rule.Each each(RuleYaml look, String text) {
        int in = text.indexOf(" in ");
        look.require(in > 0, "'each' is written as 'name in expression'");
        var name = text.substring(0, in).strip();
        return new Rule.Each(name, compile(look, text.substring(in + 4), List.of("resource")));
    }

    private Term compile(RuleYaml where, String text, List<String> variables) {
        try {
            return compiler.compile(text.strip(), variables);
        } catch (MalformedCondition e) {
            throw where.wrong("'%s' is no condition: %s".formatted(text.strip(), e.getMessage()));
        }
    }

    private List<Term> message(RuleYaml where, String text, List<String> variables) {
        var parts = new ArrayList<Term>();
        int at = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
            int close = text.indexOf('}', open);
            where.require(close > 0, "a brace in the message is not closed");
            parts.add(new Term.Constant(Value.of(text.substring(at, open))));
            parts.add(compile(where, text.substring(open + 1, close), variables));
            at = close + 1;
        }
        parts.add(new Term.Constant(Value.of(text.substring(at))));
        return parts;
    }

    private List<Rule.Adjustment> adjustments(RuleYaml file) {
        var found = new ArrayList<Rule.Adjustment>();
        for (var key : List.of("raise_if", "lower_if")) {
            for (var each : file.maps(key)) {
                each.only(Set.of("condition", "to", "because"));
                found.add(new Rule.Adjustment(
                        compile(each, each.text("condition"), List.of("resource")),
                        each.severity("to"),
                        each.text("because")));
            }
        }
        return found;
    }

    private static Map<String, Examples> examples(RuleYaml file) {
        var found = new TreeMap<String, Examples>();
        Optional<RuleYaml> examples = file.map("examples");
        if (examples.isPresent()) {
            for (var format : examples.get().keys()) {
                var of = examples.get()
                        .map(format)
                        .orElseThrow(() -> file.wrong("the examples of '%s' are an object".formatted(format)));
                of.only(Set.of("bad", "good"));
                found.put(format, new Examples(of.texts("bad"), of.texts("good")));
            }
        }
        return found;
    }
}
