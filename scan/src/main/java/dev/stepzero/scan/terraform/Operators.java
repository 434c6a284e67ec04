package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.util.Optional;

/** The operators of Terraform's language, on values that may be unknown. Empty where Terraform refuses the operands. */
final class Operators {
    private static final int DEEPEST = 200;

    private Operators() {}

    static Optional<Value> unary(char operator, Value operand) {
        if (operand instanceof Unknown) {
            return Optional.of(Unknowns.of(operand));
        }
        return operator == '!'
                ? Conversions.truth(operand).map(truth -> Value.of(!truth))
                : Conversions.number(operand).map(number -> new Value.Numeric(number.negate()));
    }

    static Optional<Value> binary(String operator, Value left, Value right) {
        return switch (operator) {
            case "==" -> Optional.of(same(left, right));
            case "!=" -> Optional.of(not(same(left, right)));
            case "&&" -> and(left, right);
            case "||" -> and(negated(left), negated(right)).map(Operators::not);
            default ->
                left instanceof Unknown || right instanceof Unknown
                        ? Optional.of(Unknowns.of(left, right))
                        : onNumbers(operator, left, right);
        };
    }

    private static Value negated(Value value) {
        return value instanceof Unknown
                ? value
                : Conversions.truth(value).<Value>map(truth -> Value.of(!truth)).orElse(Value.ABSENT);
    }

    private static Optional<Value> and(Value left, Value right) {
        if (falsehood(left) || falsehood(right)) {
            return Optional.of(Value.FALSE);
        }
        if (left instanceof Unknown || right instanceof Unknown) {
            return Optional.of(Unknowns.of(left, right));
        }
        return Conversions.truth(left).isPresent() && Conversions.truth(right).isPresent()
                ? Optional.of(Value.TRUE)
                : Optional.empty();
    }

    private static boolean falsehood(Value value) {
        return !(value instanceof Unknown) && !Conversions.truth(value).orElse(true);
    }

    private static Value not(Value truth) {
        return truth instanceof Value.Bool(var value) ? Value.of(!value) : truth;
    }

    private static Optional<Value> onNumbers(String operator, Value left, Value right) {
        var first = Conversions.number(left);
        var second = Conversions.number(right);
        if (first.isEmpty() || second.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal a = first.get();
        BigDecimal b = second.get();
        return switch (operator) {
            case "+" -> number(a.add(b));
            case "-" -> number(a.subtract(b));
            case "*" -> number(a.multiply(b));
            case "/" -> b.signum() == 0 ? Optional.empty() : number(a.divide(b, Conversions.PRECISION));
            case "%" -> b.signum() == 0 ? Optional.empty() : remainder(a, b);
            case "<" -> Optional.of(Value.of(a.compareTo(b) < 0));
            case "<=" -> Optional.of(Value.of(a.compareTo(b) <= 0));
            case ">" -> Optional.of(Value.of(a.compareTo(b) > 0));
            case ">=" -> Optional.of(Value.of(a.compareTo(b) >= 0));
            default -> Optional.empty();
        };
    }

    private static Optional<Value> number(BigDecimal value) {
        return Optional.of(new Value.Numeric(
                value.precision() > Conversions.PRECISION.getPrecision() ? value.round(Conversions.PRECISION) : value));
    }

    private static Optional<Value> remainder(BigDecimal a, BigDecimal b) {
        return number(a.remainder(b));
    }

    /** Whether two values are equal: never by conversion; unknown where it depends on what is unknown. */
    static Value same(Value left, Value right) {
        return same(left, right, DEEPEST);
    }

    private static Value same(Value left, Value right, int depth) {
        if (left instanceof Unknown unknown) {
            return sameUnknown(unknown, right, depth);
        }
        if (right instanceof Unknown unknown) {
            return sameUnknown(unknown, left, depth);
        }
        if (depth == 0) {
            return Unknown.because("the values are nested too deeply to be compared")
                    .present();
        }
        return switch (left) {
            case Value.Sequence(var items)
            when right instanceof Value.Sequence(var others) -> {
                if (items.size() != others.size()) {
                    yield Value.FALSE;
                }
                Value all = Value.TRUE;
                for (int i = 0; i < items.size(); i++) {
                    var each = same(items.get(i).value(), others.get(i).value(), depth - 1);
                    if (each.equals(Value.FALSE)) {
                        yield each;
                    }
                    all = each instanceof Unknown ? each : all;
                }
                yield all;
            }
            case Value.Mapping map
            when right instanceof Value.Mapping other -> {
                if (!map.entries().keySet().equals(other.entries().keySet())) {
                    yield Value.FALSE;
                }
                Value all = Value.TRUE;
                for (var entry : map.entries().entrySet()) {
                    var each = same(entry.getValue().value(), other.get(entry.getKey()), depth - 1);
                    if (each.equals(Value.FALSE)) {
                        yield each;
                    }
                    all = each instanceof Unknown ? each : all;
                }
                yield all;
            }
            default -> Value.of(left.equals(right));
        };
    }

    private static Value sameUnknown(Unknown unknown, Value other, int depth) {
        if (other instanceof Value.Absent && unknown.notNull()) {
            return Value.FALSE;
        }
        if (other instanceof Value.Text(var text) && !text.startsWith(unknown.prefix())) {
            return Value.FALSE;
        }
        if (!unknown.oneOf().isEmpty() && depth > 0 && !(other instanceof Unknown)) {
            for (var alternative : unknown.oneOf()) {
                if (!same(alternative, other, depth - 1).equals(Value.FALSE)) {
                    return Unknowns.of(unknown, other);
                }
            }
            return Value.FALSE;
        }
        return Unknowns.of(unknown, other);
    }
}
