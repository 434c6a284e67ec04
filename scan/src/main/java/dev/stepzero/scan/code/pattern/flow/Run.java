package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One run of a function, or of the file itself, statement by statement. */
final class Run {
    /** Statements and expressions within each other: deeper ones are not followed. */
    private static final int DEEPEST = 400;

    final Flows flows;
    final int calls;
    private final Expressions expressions;
    private final List<Node> functions = new ArrayList<>();
    private State state;
    private Taint given = Taint.NONE;
    private int depth;

    /**
     * A run.
     *
     * @param calls how many calls of helpers lead here
     */
    Run(Flows flows, State state, int calls) {
        this.flows = flows;
        this.state = state;
        this.calls = calls;
        this.expressions = new Expressions(this);
    }

    State state() {
        return state;
    }

    void state(State other) {
        state = other;
    }

    /** Runs a function's body. @return what it gives back */
    Taint function(Node function, Map<String, Taint> arguments) {
        for (var parameter : function.child(1).children()) {
            parameter(parameter, arguments.getOrDefault(parameter.value(), Taint.NONE));
        }
        block(function.child(2));
        later();
        return given;
    }

    private void parameter(Node parameter, Taint argument) {
        var taint = argument;
        for (var source : flows.marks.sources(parameter)) {
            taint = taint.and(Taint.of(source, parameter));
        }
        if (!parameter.value().isEmpty()) {
            for (var standard : parameter.children()) {
                taint = taint.and(value(standard));
            }
            state.put(parameter.value(), taint);
        } else {
            for (var part : parameter.children()) {
                expressions.assign(part, taint, parameter);
            }
        }
    }

    /** Runs the functions that were seen, on what is known in the end: whoever calls them is not seen. */
    void later() {
        for (var function : List.copyOf(functions)) {
            nested(function, Map.of());
        }
        functions.clear();
    }

    /** Runs a function that sees what is around it. */
    Taint nested(Node function, Map<String, Taint> arguments) {
        if (depth > DEEPEST) {
            return Taint.NONE;
        }
        var inner = new State(state);
        inner.isOver = false;
        var run = new Run(flows, inner, calls);
        run.depth = depth + 8;
        return run.function(function, arguments);
    }

    /** A function that is to be run in the end. */
    void seen(Node function) {
        functions.add(function);
    }

    void block(Node block) {
        for (var statement : block.children()) {
            if (!state.isOver || statement.is(Kind.FUNCTION) || statement.is(Kind.CLASS)) {
                statement(statement);
            }
        }
    }

    Taint value(Node node) {
        if (depth > DEEPEST || !flows.step()) {
            return Taint.NONE;
        }
        depth++;
        var taint = expressions.value(node);
        depth--;
        return taint;
    }

    private void statement(Node node) {
        if (depth > DEEPEST || !flows.step()) {
            return;
        }
        depth++;
        switch (node.kind()) {
            case BLOCK -> block(node);
            case IF -> choice(node);
            case EACH -> each(node);
            case LOOP -> loop(node);
            case RETURN -> {
                given = given.and(value(node));
                state.isOver = true;
            }
            case THROW -> {
                value(node);
                state.isOver = true;
            }
            case CLASS -> statements(node.child(2));
            case OTHER -> other(node);
            default -> {
                value(node);
                state.isOver |= flows.marks.isEnd(node);
            }
        }
        depth--;
    }

    private void statements(Node node) {
        if (node.is(Kind.BLOCK)) {
            block(node);
        } else {
            statement(node);
        }
    }

    /** Each test is made where those before it came out false. */
    private void choice(Node node) {
        var parts = node.children();
        var after = new State();
        after.isOver = true;
        int at = 0;
        for (; at + 1 < parts.size(); at += 2) {
            var test = parts.get(at);
            value(test);
            var otherwise = new State(state);
            clean(test, true, state);
            statements(parts.get(at + 1));
            after = state.or(after);
            state = otherwise;
            clean(test, false, state);
        }
        if (at < parts.size()) {
            statements(parts.get(at));
        }
        state = state.or(after);
    }

    /** What a test says of values. */
    void clean(Node test, boolean holds, State in) {
        for (var place : flows.guards.harmless(test, holds, each -> value(each).isNone())) {
            in.put(place, Taint.NONE);
        }
        outcome(test, holds, in, 0);
    }

    /** What rules of their own say of a test. */
    private void outcome(Node test, boolean holds, State in, int level) {
        if (level > DEEPEST) {
            return;
        }
        tested(test, Optional.of(holds), in);
        if (test.is(Kind.UNARY) && (test.value().equals("!") || test.value().equals("not"))) {
            outcome(test.child(0), !holds, in, level + 1);
        } else if (test.is(Kind.BINARY) && (holds ? Set.of("&&", "and") : Set.of("||", "or")).contains(test.value())) {
            outcome(test.child(0), holds, in, level + 1);
            outcome(test.child(1), holds, in, level + 1);
        }
    }

    /** @param holds how the test came out; empty for what holds however it comes out */
    void tested(Node test, Optional<Boolean> holds, State in) {
        for (var each : flows.marks.tests(test)) {
            if (each.holds().equals(holds)) {
                State.place(each.value(), flows.constants).ifPresent(place -> {
                    // Of what is a source itself, nothing was said yet.
                    var taint = in.at(place).isPresent() ? in.all(place) : expressions.known(each.value());
                    in.put(place, taint.cleaned(each.rules()));
                });
            }
        }
    }

    /** Twice, as what is put into a variable at the end of a loop is used at its beginning. */
    private void each(Node node) {
        var elements = value(node.child(1));
        var before = new State(state);
        for (int i = 0; i < 2; i++) {
            expressions.assign(node.child(0), elements, node.child(0));
            node.from(2).forEach(this::statements);
            state.isOver = false;
            state = state.or(new State(before));
        }
    }

    private void loop(Node node) {
        var before = new State(state);
        for (int i = 0; i < 2; i++) {
            node.children().forEach(this::statements);
            state.isOver = false;
            state = state.or(new State(before));
        }
    }

    /** The first block is run; those after it may be. */
    private void other(Node node) {
        boolean isFirst = !Branches.areCases(node);
        for (var part : node.children()) {
            if (!part.is(Kind.BLOCK) && !part.is(Kind.OTHER)) {
                statement(part);
            } else if (isFirst || !Branches.isMaybe(part, node)) {
                statement(part);
                isFirst = false;
            } else {
                var before = new State(state);
                before.isOver = false;
                state.isOver = false;
                statement(part);
                state = state.or(before);
            }
        }
        if (Branches.goesElsewhere(node)) {
            state.isOver = true;
        } else if (Branches.hasMany(node)) {
            state.isOver = false;
        }
        expressions.marked(node, Taint.NONE);
    }
}
