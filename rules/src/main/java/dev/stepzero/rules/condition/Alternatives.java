package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.function.UnaryOperator;

/** What an operation gives for a value of which only the possible values are known: their common answer, or none. */
final class Alternatives {
    private Alternatives() {}

    static Value of(Unknown unknown, UnaryOperator<Value> operation) {
        Value joined = null;
        for (var alternative : unknown.oneOf()) {
            var answer = operation.apply(alternative);
            if (answer instanceof Unknown) {
                return Answers.unknown(unknown);
            }
            joined = joined == null || joined.equals(answer) ? answer : Unknown.either(unknown.chain(), joined, answer);
        }
        return joined == null ? Answers.unknown(unknown) : joined;
    }
}
