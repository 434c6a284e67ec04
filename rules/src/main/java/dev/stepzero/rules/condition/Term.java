package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Value;
import java.util.List;

/** A compiled condition as data: what is left of CEL once it has been parsed and checked. */
public sealed interface Term {
    /** A literal. */
    record Constant(Value value) implements Term {}

    /** A variable: {@code resource}, the name of an {@code each}, or of a macro. */
    record Name(String name) implements Term {}

    /** {@code of.name}. */
    record Select(Term of, String name) implements Term {}

    /** A function or operator under CEL's name, such as {@code _&&_}; a method's target is the first argument. */
    record Call(String function, List<Term> arguments) implements Term {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code [a, b]}. */
    record Items(List<Term> items) implements Term {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** {@code range.exists(name, body)} and its like. */
    record Each(Macro macro, Term range, String name, Term body) implements Term {}

    /** CEL's standard macros over lists. */
    enum Macro {
        EXISTS,
        ALL,
        EXISTS_ONE,
        FILTER,
        MAP
    }
}
