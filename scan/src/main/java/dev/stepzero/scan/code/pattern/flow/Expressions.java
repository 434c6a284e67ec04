package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What expressions have of outside in them. A call that is not known gives back whatever went in. */
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
    private static final Set<String> PUT_IN = Set.of(
            "append",
            "add",
            "push",
            "unshift",
            "insert",
            "extend",
            "update",
            "set",
            "put",
            "write",
            "WriteString",
            "setdefault",
            "appendleft",
            "splice",
            "Set",
            "Add",
            "Write",
            "WriteByte",
            "WriteRune");
    private static final Set<String> FOR_EACH =
            Set.of("map", "forEach", "filter", "then", "reduce", "flatMap", "find", "some", "every", "each", "catch");
    private static final Set<String> MADE_BY_CALLBACK = Set.of("map", "flatMap", "then");

    /** What is looked up by what came in is not what came in. */
    private static final Pattern LOOKUP = Pattern.compile("get|(find|fetch)([A-Z]\\w*)?|query|select|execute|lookup");

    private final Run run;
    private final Flows flows;
    private final Map<Node, Taint> last = new HashMap<>();

    Expressions(Run run) {
        this.run = run;
        this.flows = run.flows;
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

    private Taint plain(Node node) {
        return switch (node.kind()) {
            case NAME -> run.state().all(node.value());
            case MEMBER, INDEX -> part(node);
            case CALL, NEW -> call(node);
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
            case ASSIGN -> assignment(node);
            case FUNCTION -> {
                run.seen(node);
                yield Taint.NONE;
            }
            case TEXT, NUMBER, CONSTANT, IMPORT, PARAMETER, REST -> Taint.NONE;
            case EACH -> {
                assign(node.child(0), run.value(node.child(1)), node.child(0));
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

    private Taint assignment(Node node) {
        var target = node.child(0);
        var value = node.child(1);
        var taint = run.value(value);
        if (!node.value().equals("=")) {
            taint = taint.and(run.value(target));
        }
        if (value.is(Kind.MAP) && target.is(Kind.NAME)) {
            entries(target.value(), value);
        } else if (target.is(Kind.LIST)
                && value.is(Kind.LIST)
                && target.children().size() == value.children().size()) {
            for (int i = 0; i < target.children().size(); i++) {
                assign(target.child(i), last.getOrDefault(value.child(i), Taint.NONE), target.child(i));
            }
        } else if (target.is(Kind.MAP) && taint.isNone()) {
            // The parts themselves may be marked as what comes in.
            target.children().forEach(this::forget);
        } else {
            assign(target, taint, target);
        }
        return taint;
    }

    private void forget(Node target) {
        switch (target.kind()) {
            case NAME -> run.state().forget(target.value());
            case PAIR -> forget(target.child(1));
            default -> assign(target, Taint.NONE, target);
        }
    }

    /** A map's entries are known by their keys. */
    private void entries(String place, Node map) {
        run.state().put(place, Taint.NONE);
        for (var each : map.children()) {
            if (each.is(Kind.PAIR)) {
                var taint = last.getOrDefault(each.child(1), Taint.NONE);
                flows.constants
                        .text(each.child(0))
                        .ifPresentOrElse(
                                key -> run.state().put(place + "." + key, taint),
                                () -> run.state()
                                        .put(place, taint.and(run.state().all(place))));
            } else {
                run.state().put(place, run.value(each).and(run.state().all(place)));
            }
        }
    }

    /** Puts a value into a variable, or what a variable is taken apart into. */
    void assign(Node target, Taint taint, Node at) {
        switch (target.kind()) {
            case LIST, MAP -> target.children().forEach(each -> assign(each, taint, at));
            case SPREAD, ASSIGN -> assign(target.child(0), taint, at);
            case PAIR -> assign(target.child(1), taint, at);
            case NAME, PARAMETER -> run.state().put(target.value(), taint.then("goes into " + target.value(), target));
            case MEMBER, INDEX -> {
                run.value(target.child(0));
                var place = State.place(target, flows.constants);
                if (place.isPresent()) {
                    run.state().put(place.get(), taint);
                } else {
                    State.place(target.child(0), flows.constants)
                            .ifPresent(object -> run.state().add(object, taint));
                }
            }
            default -> {}
        }
    }

    private Taint call(Node node) {
        var callee = node.child(0);
        var object = callee.is(Kind.MEMBER)
                ? run.value(callee.child(0))
                : callee.is(Kind.NAME) ? Taint.NONE : run.value(callee);
        if (callee.is(Kind.MEMBER)) {
            marked(callee, object);
        }
        var callback = callback(node, object);
        if (callback != null) {
            return callback;
        }
        var taints = new ArrayList<Taint>();
        for (var argument : node.from(1)) {
            taints.add(run.value(argument));
        }
        var all = taints.stream().reduce(Taint.NONE, Taint::and);
        if (callee.is(Kind.MEMBER) && PUT_IN.contains(callee.value()) && !all.isNone() && !isExtended(node)) {
            State.place(callee.child(0), flows.constants)
                    .ifPresent(place -> run.state().add(place, all));
        }
        received(node, object.and(all));
        var helper = flows.helpers.called(callee);
        if (helper.isPresent()) {
            var arguments = Helpers.arguments(helper.get(), node, taints, node);
            return flows.helpers.result(helper.get(), arguments, run.state(), run.calls);
        }
        if (object.isNone()
                && callee.is(Kind.MEMBER)
                && LOOKUP.matcher(callee.value()).matches()) {
            return last.getOrDefault(callee, Taint.NONE);
        }
        // What is a source by its name alone, such as a function that reads input, is one when it is called.
        return object.and(all).and(callee.is(Kind.NAME) ? run.value(callee) : last.getOrDefault(callee, Taint.NONE));
    }

    /** Whether an object is given further parts that all have names. */
    private static boolean isExtended(Node call) {
        return call.child(0).value().equals("extend") && call.from(1).stream().allMatch(each -> each.is(Kind.MAP));
    }

    /** What is handed over by reference ({@code &v}), as to {@code Decode}, may be filled with whatever the call knows. */
    private void received(Node call, Taint known) {
        for (var argument : known.isNone() ? List.<Node>of() : call.from(1)) {
            if (argument.is(Kind.UNARY) && argument.value().equals("&")) {
                State.place(argument.child(0), flows.constants)
                        .ifPresent(place -> run.state()
                                .put(place, run.state().all(place).and(known.then("is put into " + place, argument))));
            }
        }
    }

    /** A function that is called with each element of what comes from outside. */
    private @Nullable Taint callback(Node call, Taint object) {
        var callee = call.child(0);
        if (object.isNone()
                || !callee.is(Kind.MEMBER)
                || !FOR_EACH.contains(callee.value())
                || call.children().size() < 2) {
            return null;
        }
        var function = call.child(1).is(Kind.NAME) ? flows.source.held(call.child(1)) : call.child(1);
        if (!function.is(Kind.FUNCTION)) {
            return null;
        }
        var arguments = new HashMap<String, Taint>();
        function.child(1).children().forEach(each -> arguments.put(each.value(), object));
        var given = run.nested(function, arguments);
        call.from(2).forEach(run::value);
        return MADE_BY_CALLBACK.contains(callee.value()) ? given : object;
    }
}
