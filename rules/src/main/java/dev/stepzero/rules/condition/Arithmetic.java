package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.function.BinaryOperator;

/** Sums, and texts and lists put together; null where the operands have none. */
final class Arithmetic {
    private Arithmetic() {}

    static Value plus(Value one, Value other) {
        if (one instanceof Value.Sequence || other instanceof Value.Sequence) {
            var all = new ArrayList<Located>(Reading.elements(one));
            all.addAll(Reading.elements(other));
            return new Value.Sequence(all);
        }
        if (one instanceof Value.Numeric && other instanceof Value.Numeric) {
            return of(one, other, BigDecimal::add);
        }
        return Value.of(Comparison.text(one).orElse("") + Comparison.text(other).orElse(""));
    }

    static Value of(Value one, Value other, BinaryOperator<BigDecimal> operation) {
        var left = Comparison.number(one);
        var right = Comparison.number(other);
        return left.filter(number -> !Comparison.endless(number)).isPresent()
                        && right.filter(number -> !Comparison.endless(number)).isPresent()
                ? new Value.Numeric(operation.apply(left.get(), right.get()))
                : Value.ABSENT;
    }
}
