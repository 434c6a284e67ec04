package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What expressions have of outside in them. */
final class Expressions {
    private static final Set<String> CLEAN_OPERATORS = Set.of(
            "==",
            "!=",
            "===",
            "!==",
            "<",
            ">",
            "<=",
            ">=",
            "in",
            "not in",
            "is",
            "is not",
            "instanceof",
            "-",
            "**",
            "<<",
            ">>",
            ">>>",
            "&",
            "^",
            "&^");
    private static final Set<String> CLEAN_SIGNS = Set.of("not", "!", "-", "+", "~", "typeof", "void", "delete");

    private final Run run;
    private final Flows flows;
    private final Calls calls;
    private final Assignments assignments;
    private final Map<Node, Taint> last = new HashMap<>();

    Expressions(Run run) {
        this.run = run;
        this.flows = run.flows;
        this.calls = new Calls(run, this);
        this.assignments = new Assignments(run, this);
    }

    Taint value(Node node) {
        return marked(node, plain(node));
    }

    /** What rules say of a node beside what it is made of. */
    Taint marked(Node node, Taint plain) {
        var taint = plain;
        if (flows.marks.isMarked(node)) {
            if (flows.marks.sources(node).isEmpty() || !isOverwritten(node)) {
                for (var source : flows.marks.sources(node)) {
                    taint = taint.and(Taint.of(source, node));
                }
            }
            for (var rules : flows.marks.cleaned(node)) {
                taint = taint.cleaned(rules);
            }
            run.tested(node, Optional.empty(), run.state());
            for (var sink : flows.marks.sinks(node)) {
                for (var value : sink.values()) {
                    // What comes of it, as execute(text(x)) of text(x), is not told again.
                    if (flows.check(sink, node, value == node ? taint : known(value))) {
                        taint = taint.cleaned(Set.of(sink.sink().rule()));
                    }
                }
            }
        }
        last.put(node, taint);
        return taint;
    }

    /** Whether the program put something of its own there, or has tested it. */
    private boolean isOverwritten(Node node) {
        return State.place(node, flows.constants).flatMap(run.state()::at).isPresent();
    }

    /** What a value was when it was last seen. */
    Taint known(Node value) {
        var taint = last.get(value);
        return taint == null ? run.value(value) : taint;
    }

    /** What a node was when it was last seen; nothing where it was not. */
    Taint seen(Node node) {
        return last.getOrDefault(node, Taint.NONE);
    }

    private Taint plain(Node node) {
        return switch (node.kind()) {
            case NAME -> run.state().all(node.value());
            case MEMBER, INDEX -> part(node);
            case CALL, NEW -> calls.call(node);
            case BINARY ->
                node.value().equals("+")
                        ? flows.starts.begun(
                                node, operation(node), each -> known(each).isNone())
                        : operation(node);
            case UNARY -> {
                var value = run.value(node.child(0));
                yield CLEAN_SIGNS.contains(node.value()) ? Taint.NONE : value;
            }
            case CONDITIONAL -> choice(node);
            case ASSIGN -> assignments.assignment(node);
            case FUNCTION -> {
                run.seen(node);
                yield Taint.NONE;
            }
            case TEXT, NUMBER, CONSTANT, IMPORT, PARAMETER, REST -> Taint.NONE;
            case EACH -> {
                assignments.assign(node.child(0), run.value(node.child(1)), node.child(0));
                yield union(node.from(2));
            }
            case BLOCK -> {
                run.block(node);
                yield Taint.NONE;
            }
            case OTHER -> isComprehension(node) ? comprehension(node) : union(node.children());
            case TEMPLATE ->
                flows.starts.begun(
                        node, union(node.children()), each -> known(each).isNone());
            default -> union(node.children());
        };
    }

    private Taint union(List<Node> nodes) {
        var all = Taint.NONE;
        for (var each : nodes) {
            all = all.and(run.value(each));
        }
        return all;
    }

    private static boolean isComprehension(Node node) {
        return node.type().endsWith("comprehension") || node.type().equals("generator_expression");
    }

    /** Only what is made of the elements counts. */
    private Taint comprehension(Node node) {
        var made = Taint.NONE;
        for (var each : node.children()) {
            made = run.value(each);
        }
        return made;
    }

    private Taint part(Node node) {
        var chosen = union(node.from(1)).chosen();
        var object = run.value(node.child(0)).and(chosen);
        var place = State.place(node, flows.constants);
        if (place.isPresent()) {
            var own = run.state().at(place.get());
            if (own.isPresent()) {
                return run.state().all(place.get()).and(chosen);
            }
            // Of an object whose parts are known by name, the others are what the object itself is.
            var whole = State.place(node.child(0), flows.constants).flatMap(run.state()::at);
            if (whole.isPresent()) {
                return whole.get().and(run.state().all(place.get())).and(chosen);
            }
        }
        // What one part holds, another does not.
        return node.child(0).is(Kind.NAME) && node.is(Kind.MEMBER) && !flows.marks.isMarked(node.child(0))
                ? run.state().unnamed(node.child(0).value())
                : object;
    }

    /** Chains of operators are as long as people and generators make them. */
    private Taint operation(Node node) {
        var all = Taint.NONE;
        var at = node;
        while (true) {
            var right = run.value(at.child(1));
            boolean isClean = CLEAN_OPERATORS.contains(at.value());
            if (isClean && all.isNone() && at == node) {
                run.value(at.child(0));
                return Taint.NONE;
            }
            if (isClean) {
                run.value(at.child(0));
                return all;
            }
            all = all.and(right);
            var left = at.child(0);
            if (!left.is(Kind.BINARY) || flows.marks.isMarked(left)) {
                return all.and(run.value(left));
            }
            at = left;
        }
    }

    private Taint choice(Node node) {
        var test = node.child(0);
        run.value(test);
        var before = run.state();
        run.state(new State(before));
        run.clean(test, true, run.state());
        var one = run.value(node.child(1));
        run.state(new State(before));
        run.clean(test, false, run.state());
        var other = run.value(node.child(2));
        run.state(before);
        return one.and(other);
    }

    /** Puts a value into a variable, or what a variable is taken apart into. */
    void assign(Node target, Taint taint, Node at) {
        assignments.assign(target, taint, at);
    }
}
