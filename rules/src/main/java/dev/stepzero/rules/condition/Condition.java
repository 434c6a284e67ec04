package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Value;

/** A condition ready to be asked. Safe for use by several threads, each with its own scope. */
@FunctionalInterface
public interface Condition {
    /** The value of the expression; a condition proper gives {@link Answers#truth}. */
    Value ask(Scope scope);
}
