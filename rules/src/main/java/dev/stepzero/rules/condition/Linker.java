package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;

/** Turns terms into conditions that can be asked: names become slots, functions what computes them. */
public final class Linker {
    private final List<String> names = new ArrayList<>();
    private int slots;

    /** A linker for conditions that share these variables; {@code resource} is always there, in slot 0. */
    public Linker(List<String> variables) {
        names.add("resource");
        names.addAll(variables);
        slots = names.size();
    }

    /** How many variables the conditions linked so far need. */
    public int slots() {
        return slots;
    }

    public Condition link(Term term) {
        return switch (term) {
            case Term.Constant constant -> {
                var value = constant.value();
                yield scope -> value;
            }
            case Term.Name name -> variable(name.name());
            case Term.Select select -> {
                var of = link(select.of());
                var name = select.name();
                yield scope -> Reading.select(of.ask(scope), name);
            }
            case Term.Items items -> list(items);
            case Term.Each each -> iteration(each);
            case Term.Call call -> call(call);
        };
    }

    private Condition variable(String name) {
        int slot = names.lastIndexOf(name);
        return scope -> scope.get(slot);
    }

    private Condition list(Term.Items items) {
        var linked = items.items().stream().map(this::link).toList();
        if (items.items().stream().allMatch(Term.Constant.class::isInstance)) {
            var constant = Value.listOf(items.items().stream()
                    .map(item -> ((Term.Constant) item).value())
                    .toList());
            return scope -> constant;
        }
        return scope ->
                Value.listOf(linked.stream().map(item -> item.ask(scope)).toList());
    }

    private Condition iteration(Term.Each each) {
        var range = link(each.range());
        int slot = slots++;
        while (names.size() < slot) {
            names.add("");
        }
        names.add(each.name());
        var body = link(each.body());
        names.set(slot, "");
        return new Iteration(each.macro(), range, slot, body);
    }

    private Condition call(Term.Call call) {
        var arguments = call.arguments().stream().map(this::link).toArray(Condition[]::new);
        return switch (call.function()) {
            case "_&&_" -> and(arguments[0], arguments[1]);
            case "_||_" -> or(arguments[0], arguments[1]);
            case "!_" -> scope -> Answers.not(arguments[0].ask(scope));
            case "_?_:_" -> choice(arguments[0], arguments[1], arguments[2]);
            case "_==_" -> scope -> Comparison.equal(arguments[0].ask(scope), arguments[1].ask(scope));
            case "_!=_" -> scope -> Answers.not(Comparison.equal(arguments[0].ask(scope), arguments[1].ask(scope)));
            case "_<_" ->
                scope -> Comparison.ordered(arguments[0].ask(scope), arguments[1].ask(scope), order -> order < 0);
            case "_<=_" ->
                scope -> Comparison.ordered(arguments[0].ask(scope), arguments[1].ask(scope), order -> order <= 0);
            case "_>_" ->
                scope -> Comparison.ordered(arguments[0].ask(scope), arguments[1].ask(scope), order -> order > 0);
            case "_>=_" ->
                scope -> Comparison.ordered(arguments[0].ask(scope), arguments[1].ask(scope), order -> order >= 0);
            case "@in" -> scope -> Comparison.contained(arguments[0].ask(scope), arguments[1].ask(scope));
            case "_[_]" -> scope -> Reading.index(arguments[0].ask(scope), arguments[1].ask(scope));
            default -> Functions.link(call, arguments);
        };
    }

    private static Condition and(Condition left, Condition right) {
        return scope -> {
            var first = Answers.truth(left.ask(scope));
            if (Answers.isFalse(first)) {
                return first;
            }
            var second = Answers.truth(right.ask(scope));
            return Answers.isTrue(first) || Answers.isFalse(second) ? second : first;
        };
    }

    private static Condition or(Condition left, Condition right) {
        return scope -> {
            var first = Answers.truth(left.ask(scope));
            if (Answers.isTrue(first)) {
                return first;
            }
            var second = Answers.truth(right.ask(scope));
            return Answers.isFalse(first) || Answers.isTrue(second) ? second : first;
        };
    }

    private static Condition choice(Condition test, Condition then, Condition otherwise) {
        return scope -> {
            var truth = Answers.truth(test.ask(scope));
            if (truth instanceof Value.Bool bool) {
                return (bool.value() ? then : otherwise).ask(scope);
            }
            return dev.stepzero.core.resource.Unknown.either("a condition", then.ask(scope), otherwise.ask(scope));
        };
    }
}
