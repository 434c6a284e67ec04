package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.scan.code.pattern.match.Binding;
import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Functions of the same file, run with what a call gives them. The same is run once. */
final class Helpers {
    private static final int DEEPEST = 3;
    private static final int MOST_VARIANTS = 12;
    private static final Set<String> SELF = Set.of("self", "cls", "this");

    private final Flows flows;
    private final Map<String, List<Node>> methods = new HashMap<>();
    private final Map<Node, Map<String, Taint>> known = new HashMap<>();

    Helpers(Flows flows) {
        this.flows = flows;
        for (var node : flows.source.nodes()) {
            if (node.is(Kind.FUNCTION) && !node.value().isEmpty()) {
                methods.computeIfAbsent(node.value(), each -> new ArrayList<>()).add(node);
            }
        }
    }

    /** The function that a call means, where that can be told. */
    Optional<Node> called(Node callee) {
        if (callee.is(Kind.NAME)) {
            return Optional.of(flows.source.held(callee)).filter(each -> each.is(Kind.FUNCTION));
        }
        if (callee.is(Kind.MEMBER) && callee.child(0).is(Kind.NAME) && isOwn(callee.child(0))) {
            var named = methods.getOrDefault(callee.value(), List.of());
            return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
        }
        return callee.is(Kind.FUNCTION) ? Optional.of(callee) : Optional.empty();
    }

    /** Whether a name stands for an object whose methods are of this file. */
    private boolean isOwn(Node name) {
        return SELF.contains(name.value())
                || isInstance(name)
                || flows.source
                        .binding(name)
                        .filter(each -> each.origin() == Binding.Origin.DEFINITION
                                || (each.origin() == Binding.Origin.PARAMETER && isReceiver(name)))
                        .isPresent();
    }

    /** Whether a variable holds an object of a class of this file, that was made for it. */
    private boolean isInstance(Node name) {
        var held = flows.source.held(name);
        var made = held.is(Kind.UNARY) && held.value().equals("&") ? held.child(0) : held;
        if ((!made.is(Kind.NEW) && !made.is(Kind.CALL)) || !made.child(0).is(Kind.NAME)) {
            return false;
        }
        var type = made.child(0);
        // A type of Go that no package is named with is of this one.
        return flows.source.held(type).is(Kind.CLASS)
                || (made.is(Kind.NEW)
                        && flows.source.language().hasTypes()
                        && flows.source.binding(type).isEmpty());
    }

    /** A method's own object has a name of its own in Go. */
    private static boolean isReceiver(Node name) {
        var function = name.function();
        return function.is(Kind.FUNCTION)
                && function.child(1).children().stream()
                        .anyMatch(each ->
                                each.type().equals("receiver") && each.value().equals(name.value()));
    }

    /**
     * What a function gives back.
     *
     * @param arguments what it is given, by the names of its parameters
     */
    Taint result(Node function, Map<String, Taint> arguments, State around, int depth) {
        if (depth >= DEEPEST) {
            return arguments.values().stream().reduce(Taint.NONE, Taint::and);
        }
        var variants = known.computeIfAbsent(function, each -> new HashMap<>());
        var signature = new StringBuilder();
        arguments.forEach((name, taint) ->
                signature.append(name).append('=').append(taint.signature()).append(';'));
        var key = signature.toString();
        var result = variants.get(key);
        if (result != null) {
            return result;
        }
        if (variants.size() >= MOST_VARIANTS) {
            return arguments.values().stream().reduce(Taint.NONE, Taint::and);
        }
        // While it runs, and calls itself, it gives back nothing.
        variants.put(key, Taint.NONE);
        var state = new State(function.function() == flows.source.root() ? flows.file() : around);
        state.isOver = false;
        var run = new Run(flows, state, depth + 1);
        var given = run.function(function, arguments);
        variants.put(key, given);
        return given;
    }

    /**
     * What each parameter is given.
     *
     * @param call the call, whose arguments have these taints
     */
    static Map<String, Taint> arguments(Node function, Node call, List<Taint> taints, Node at) {
        var parameters = function.child(1).children().stream()
                .filter(each -> !each.type().equals("receiver"))
                .toList();
        boolean skipsSelf = call.child(0).is(Kind.MEMBER)
                && !parameters.isEmpty()
                && SELF.contains(parameters.getFirst().value());
        int next = skipsSelf ? 1 : 0;
        var given = new LinkedHashMap<String, Taint>();
        for (int i = 0; i < taints.size(); i++) {
            var argument = call.child(i + 1);
            if (argument.is(Kind.KEYWORD)) {
                put(given, argument.value(), taints.get(i), at);
            } else if (next < parameters.size()) {
                put(given, parameters.get(next).value(), taints.get(i), at);
                next++;
            }
        }
        return given;
    }

    private static void put(Map<String, Taint> given, String name, Taint taint, Node at) {
        if (!taint.isNone()) {
            given.merge(name, taint.then("is given to " + at.lastName(), at), Taint::and);
        }
    }
}
