package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Value;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What functions answered about values of one resource: many rules ask for the ports or the networks of the same firewall
 * rule. Values are told apart by identity, as comparing them would cost more than asking again. Not safe for use by
 * several threads.
 */
public final class Answered {
    private final Map<Question, Map<Value, Value>> answers = new EnumMap<>(Question.class);

    /** A question that is asked again and again, and costs something. */
    enum Question {
        CIDRS,
        INTERNET,
        PUBLIC,
        PORTS,
        STATEMENTS,
        SECRET
    }

    /** The answer to a question, found by asking only once. */
    Value about(Value value, Question question, UnaryOperator<Value> ask) {
        return answers.computeIfAbsent(question, each -> new IdentityHashMap<>())
                .computeIfAbsent(value, ask);
    }
}
