package dev.stepzero.scan.code.pattern;

import dev.stepzero.scan.code.pattern.flow.Flows;
import dev.stepzero.scan.code.pattern.flow.Hit;
import dev.stepzero.scan.code.pattern.flow.Mark;
import dev.stepzero.scan.code.pattern.flow.Marks;
import dev.stepzero.scan.code.pattern.language.Language;
import dev.stepzero.scan.code.pattern.language.Languages;
import dev.stepzero.scan.code.pattern.match.Matcher;
import dev.stepzero.scan.code.pattern.match.PatternCompiler;
import dev.stepzero.scan.code.pattern.match.SourceText;
import dev.stepzero.scan.code.pattern.rule.PatternRules;
import dev.stepzero.scan.code.pattern.tree.Parser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges one text after the other. The rules of a language are compiled with its first text. Not for use by several threads. */
final class Judge {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PatternRules rules;
    private final Parser parser = new Parser(PATIENCE);
    private final Map<String, CompiledRules> compiled = new HashMap<>();

    Judge(PatternRules rules) {
        this.rules = rules;
    }

    /**
     * What was found in a text.
     *
     * @param source what the hits' nodes are of
     * @param left what was not judged, in words
     */
    record Judgement(SourceText source, List<Hit> hits, List<String> left) {}

    /** @throws Parser.Unparsed if the text was given up; the message says why */
    Judgement judge(String path, String text, Language language) throws Parser.Unparsed, InterruptedException {
        var known = compiled(language);
        known.index().prepare(text);
        var tree = parser.parse(text, Languages.grammar(language, path));
        var left = new ArrayList<String>();
        if (tree.hasErrors()) {
            left.add("there are errors in it: only what could be read was judged");
        }
        var source = new SourceText(language, text, language.neutral(tree), List.of());
        var matcher = new Matcher(source);
        var hits = new ArrayList<Hit>();
        var marks = new Marks();
        var misused = new LinkedHashMap<String, Hit>();
        for (var node : source.nodes()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (node.type().equals(Language.TOO_DEEP) && left.size() < 2) {
                left.add("it is nested very deeply: what lies deepest was not judged");
            }
            known.index().matches(node, matcher, (mark, match) -> {
                if (mark instanceof Mark.Misuse(var rule, var what, var severity)) {
                    misused.putIfAbsent(
                            rule + " " + node.span().start() + " " + node.span().end(),
                            new Hit(rule, node, what, List.of(), severity));
                } else {
                    marks.add(mark, match);
                }
            });
        }
        hits.addAll(misused.values());
        if (marks.mayMeet()) {
            var flows = new Flows(source, marks, rules);
            hits.addAll(flows.hits());
            if (flows.isTired()) {
                left.add("its values take too many ways: not all were followed");
            }
        }
        if (matcher.isTired()) {
            left.add("patterns match in too many ways: not all were tried");
        }
        return new Judgement(source, strongest(hits), left);
    }

    /** What comes with Stepzero was compiled by its build; what users write is compiled at once, as it may be wrong. */
    private CompiledRules compiled(Language language) {
        return compiled.computeIfAbsent(language.name(), each -> {
            var made = new CompiledRules(rules, language, new PatternCompiler(parser));
            if (rules.areOfUsers()) {
                made.index().prepareAll();
            }
            return made;
        });
    }

    /** Without those that another on the same line supersedes. */
    private List<Hit> strongest(List<Hit> hits) {
        var superseded = new HashSet<String>();
        for (var hit : hits) {
            rules.rule(hit.rule())
                    .ifPresent(rule -> rule.supersedes()
                            .forEach(weaker -> superseded.add(
                                    weaker + " " + hit.node().span().line())));
        }
        return hits.stream()
                .filter(hit -> !superseded.contains(
                        hit.rule() + " " + hit.node().span().line()))
                .toList();
    }
}
