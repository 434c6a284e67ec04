package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The conditions of a template in three values: each evaluated once, when it is asked for. */
final class Conditions {
    /** Reasons are for reading; a template of nothing but conditions would make them its square. */
    private static final int LONGEST_CHAIN = 20;

    private final Template template;
    private final Evaluation evaluation;
    private final Map<String, Value> known = new HashMap<>();
    private final Set<String> running = new HashSet<>();

    Conditions(Template template, Evaluation evaluation) {
        this.template = template;
        this.evaluation = evaluation;
    }

    Value named(String name) {
        var answer = known.get(name);
        if (answer != null) {
            return answer;
        }
        var declared = template.conditions().entry(name);
        if (declared.isEmpty()) {
            return Unknown.because("there is no condition " + name);
        }
        if (!running.add(name)) {
            evaluation.problem(
                    "the condition " + name + " depends on itself",
                    declared.get().position());
            return Unknown.because("condition " + name);
        }
        answer = truth(evaluation.value(declared.get().value()), name);
        running.remove(name);
        known.put(name, answer);
        return answer;
    }

    /** What a condition function gives for its evaluated arguments. */
    Value call(String function, Value argument) {
        return switch (function) {
            case "Fn::Equals" -> equal(argument);
            case "Fn::Not" -> not(argument);
            case "Fn::And" -> all(argument, false);
            default -> all(argument, true);
        };
    }

    private static Value truth(Value value, String name) {
        return switch (value) {
            case Value.Bool bool -> bool;
            case Value.Text(String text) when text.equalsIgnoreCase("true") -> Value.TRUE;
            case Value.Text(String text) when text.equalsIgnoreCase("false") -> Value.FALSE;
            case Unknown unknown
            when unknown.because().size() > LONGEST_CHAIN ->
                Unknown.because("condition " + name).through("a long chain of conditions");
            case Unknown unknown -> unknown.through("condition " + name);
            default -> Unknown.because("condition " + name);
        };
    }

    private static Value equal(Value argument) {
        if (!(argument instanceof Value.Sequence pair) || pair.items().size() != 2) {
            return Unknown.because("Fn::Equals takes two values");
        }
        return equal(pair.items().get(0).value(), pair.items().get(1).value());
    }

    private static Value equal(Value one, Value other) {
        if (one instanceof Unknown unknown) {
            return never(unknown, other) ? Value.FALSE : unknown(unknown);
        }
        if (other instanceof Unknown unknown) {
            return never(unknown, one) ? Value.FALSE : unknown(unknown);
        }
        var text = Texts.of(one);
        return Value.of(text.isPresent() ? text.equals(Texts.of(other)) : one.equals(other));
    }

    private static Value unknown(Unknown unknown) {
        return new Unknown(unknown.because(), true, List.of(), List.of(), null, unknown.references());
    }

    /** Whether none of the values that it can have is equal to the other one. */
    private static boolean never(Unknown unknown, Value other) {
        if (unknown.oneOf().isEmpty()) {
            return false;
        }
        for (var each : unknown.oneOf()) {
            if (each instanceof Unknown || !equal(each, other).equals(Value.FALSE)) {
                return false;
            }
        }
        return true;
    }

    private static Value not(Value argument) {
        var only = argument instanceof Value.Sequence list && list.items().size() == 1
                ? list.items().getFirst().value()
                : argument;
        return truth(only, "in Fn::Not") instanceof Value.Bool bool ? Value.of(!bool.value()) : asUnknown(only);
    }

    /** And and Or: one argument of a kind decides, whatever the others are. */
    private static Value all(Value argument, boolean deciding) {
        if (!(argument instanceof Value.Sequence list)) {
            return asUnknown(argument);
        }
        Value answer = Value.of(!deciding);
        for (Located item : list.items()) {
            switch (truth(item.value(), "in a condition")) {
                case Value.Bool bool
                when bool.value() == deciding -> {
                    return bool;
                }
                case Unknown unknown -> answer = unknown;
                default -> {}
            }
        }
        return answer;
    }

    private static Value asUnknown(Value value) {
        return value instanceof Unknown ? value : Unknown.because("a condition that is no truth value");
    }
}
