package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.scan.code.pattern.match.Constants;
import dev.stepzero.scan.code.pattern.match.SourceText;
import dev.stepzero.scan.code.pattern.rule.PatternRules;
import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the functions of a file on what is known of values, and takes down what gets where it does harm. */
public final class Flows {
    private static final int MOST_STEPS = 2_000_000;

    final SourceText source;
    final Marks marks;
    final Constants constants;
    final Guards guards;
    final Helpers helpers;
    final Starts starts;
    private final PatternRules rules;
    private final Map<String, Set<String>> kinds = new HashMap<>();
    private final Map<String, Hit> hits = new LinkedHashMap<>();
    private final State file = new State();
    private int steps;
    private boolean hasRun;

    public Flows(SourceText source, Marks marks, PatternRules rules) {
        this.source = source;
        this.marks = marks;
        this.rules = rules;
        this.constants = new Constants(source);
        this.guards = new Guards(source, constants);
        this.helpers = new Helpers(this);
        this.starts = new Starts(constants, rules);
    }

    /** What was found. */
    public Collection<Hit> hits() {
        if (!hasRun) {
            hasRun = true;
            var run = new Run(this, file, 0);
            run.block(source.root());
            file.become(run.state());
            run.later();
        }
        return List.copyOf(hits.values());
    }

    /** Whether there was too much to follow it all. */
    public boolean isTired() {
        return steps > MOST_STEPS;
    }

    /** What the file's own variables hold. */
    State file() {
        return file;
    }

    /**
     * Counts a step.
     *
     * @return whether there may be more
     */
    boolean step() {
        return steps++ < MOST_STEPS;
    }

    /** Takes down what does harm at a sink. @return whether anything does */
    boolean check(Marks.At at, Node node, Taint taint) {
        var rule = at.sink().rule();
        var harm = taint.harm(rule, kinds.computeIfAbsent(rule, this::kinds)).filter(trail -> leadsThrough(trail, at));
        harm.ifPresent(trail -> {
            var key = rule + " " + node.span().start() + " " + node.span().end();
            var what = at.sink().what();
            var steps = trail.then(what.isEmpty() ? "gets there" : what, node).steps();
            hits.putIfAbsent(key, new Hit(rule, node, what, steps, at.sink().severity()));
        });
        return harm.isPresent();
    }

    /** Whether what gets there was made of what the sink asks for; what is seen of that are assignments. */
    private boolean leadsThrough(Trail trail, Marks.At at) {
        var wanted = at.sink().through();
        return wanted.isEmpty()
                || at.values().stream()
                        .anyMatch(value ->
                                wanted.get().matcher(source.text(value)).find())
                || trail.steps().stream()
                        .flatMap(step -> step.node().parent().stream())
                        .filter(around -> around.is(Kind.ASSIGN))
                        .anyMatch(around ->
                                wanted.get().matcher(source.text(around)).find());
    }

    private Set<String> kinds(String rule) {
        var all = new HashSet<>(Set.of(rule));
        rules.rule(rule).ifPresent(each -> all.addAll(each.from()));
        return all;
    }
}
