package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What calls do with what comes from outside: pass it on, put it into something, hand it to a function of the file. */
final class Calls {
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

    private static final Pattern FILLER = Pattern.compile("(Decode|Unmarshal|Bind)\\w*");

    private final Run run;
    private final Flows flows;
    private final Expressions expressions;

    Calls(Run run, Expressions expressions) {
        this.run = run;
        this.flows = run.flows;
        this.expressions = expressions;
    }

    /** What a call gives back. One that is not known gives back whatever went in. */
    Taint call(Node node) {
        var callee = node.child(0);
        var object = callee.is(Kind.MEMBER)
                ? run.value(callee.child(0))
                : callee.is(Kind.NAME) ? Taint.NONE : run.value(callee);
        if (callee.is(Kind.MEMBER)) {
            expressions.marked(callee, object);
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
            return expressions.seen(callee);
        }
        // What is a source by its name alone, such as a function that reads input, is one when it is called.
        return object.and(all).and(callee.is(Kind.NAME) ? run.value(callee) : expressions.seen(callee));
    }

    /** Whether an object is given further parts that all have names. */
    private static boolean isExtended(Node call) {
        return call.child(0).value().equals("extend") && call.from(1).stream().allMatch(each -> each.is(Kind.MAP));
    }

    /**
     * What is handed over by reference ({@code &v}), as to {@code Decode}, may be filled with whatever the call knows; what
     * rules call a source is filled with that.
     */
    private void received(Node call, Taint known) {
        boolean isFiller = FILLER.matcher(call.child(0).lastName()).matches();
        for (var argument : call.from(1)) {
            boolean isReference = argument.is(Kind.UNARY) && argument.value().equals("&");
            var variable = isReference ? argument.child(0) : argument;
            var filled = isReference || (isFiller && isMade(variable)) ? known : Taint.NONE;
            for (var source : flows.marks.sources(variable)) {
                filled = filled.and(Taint.of(source, variable));
            }
            put(filled, variable, argument);
        }
    }

    /** Whether a variable points to a struct that was made for it: {@code v := &T{}} or {@code new(T)}. */
    private boolean isMade(Node variable) {
        var made = variable.is(Kind.NAME) ? flows.source.held(variable) : variable;
        return made.is(Kind.NEW) || (made.is(Kind.CALL) && made.lastName().equals("new"));
    }

    private void put(Taint taint, Node variable, Node argument) {
        if (!taint.isNone()) {
            State.place(variable, flows.constants)
                    .ifPresent(place -> run.state()
                            .put(place, run.state().all(place).and(taint.then("is put into " + place, argument))));
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
