package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Equality and order, with Terraform's conversions between texts and other scalars. */
final class Comparison {
    private static final int MOST_DIGITS = 1_000;

    private Comparison() {}

    static Value equal(Value one, Value other) {
        if (one instanceof Unknown unknown) {
            return equalUnknown(unknown, other);
        }
        if (other instanceof Unknown unknown) {
            return equalUnknown(unknown, one);
        }
        return switch (one) {
            case Value.Absent absent -> Value.of(other instanceof Value.Absent);
            case Value.Bool bool -> Value.of(sameScalar(bool, other));
            case Value.Numeric number -> Value.of(sameScalar(number, other));
            case Value.Text text -> Value.of(sameScalar(text, other));
            case Value.Sequence list ->
                other instanceof Value.Sequence another ? equalLists(list, another) : Value.FALSE;
            case Value.Mapping map -> other instanceof Value.Mapping another ? equalMaps(map, another) : Value.FALSE;
            case Unknown unknown -> Answers.unknown(unknown);
        };
    }

    private static Value equalUnknown(Unknown unknown, Value other) {
        if (!unknown.oneOf().isEmpty()) {
            return Alternatives.of(unknown, alternative -> equal(alternative, other));
        }
        boolean differs = switch (other) {
            case Value.Absent absent -> unknown.notNull();
            case Value.Text text -> !text.value().startsWith(unknown.prefix());
            case Value.Sequence list -> !unknown.parts().isEmpty();
            case Value.Mapping map -> !unknown.parts().isEmpty();
            case Value.Bool bool -> !unknown.prefix().isEmpty();
            case Value.Numeric number -> false;
            case Unknown another -> false;
        };
        return differs ? Value.FALSE : Answers.unknown(unknown, other);
    }

    private static boolean sameScalar(Value one, Value other) {
        if (one instanceof Value.Numeric || other instanceof Value.Numeric) {
            var left = number(one);
            var right = number(other);
            return left.isPresent() && right.isPresent() && left.get().compareTo(right.get()) == 0;
        }
        var left = scalar(one);
        return left.isPresent() && left.equals(scalar(other));
    }

    private static Value equalLists(Value.Sequence one, Value.Sequence other) {
        if (one.items().size() != other.items().size()) {
            return Value.FALSE;
        }
        Value answer = Value.TRUE;
        for (int i = 0; i < one.items().size(); i++) {
            answer = both(
                    answer,
                    equal(one.items().get(i).value(), other.items().get(i).value()));
        }
        return answer;
    }

    private static Value equalMaps(Value.Mapping one, Value.Mapping other) {
        if (!one.entries().keySet().equals(other.entries().keySet())) {
            return Value.FALSE;
        }
        Value answer = Value.TRUE;
        for (var entry : one.entries().entrySet()) {
            answer = both(answer, equal(entry.getValue().value(), other.get(entry.getKey())));
        }
        return answer;
    }

    private static Value both(Value one, Value other) {
        return Answers.isFalse(one) || Answers.isTrue(other) ? one : other;
    }

    /** Order of numbers, or of texts; false where there is none, as with null. */
    static Value ordered(Value one, Value other, IntPredicate wanted) {
        if (one instanceof Unknown unknown) {
            return Alternatives.of(unknown, alternative -> ordered(alternative, other, wanted));
        }
        if (other instanceof Unknown unknown) {
            return Alternatives.of(unknown, alternative -> ordered(one, alternative, wanted));
        }
        var left = number(one);
        var right = number(other);
        if (left.isPresent() && right.isPresent()) {
            return Value.of(wanted.test(left.get().compareTo(right.get())));
        }
        return one instanceof Value.Text text && other instanceof Value.Text another
                ? Value.of(wanted.test(text.value().compareTo(another.value())))
                : Value.FALSE;
    }

    static Value contained(Value element, Value container) {
        if (element instanceof Unknown unknown && !unknown.oneOf().isEmpty()) {
            return Alternatives.of(unknown, alternative -> contained(alternative, container));
        }
        return switch (container) {
            case Value.Sequence list -> containedIn(element, list);
            case Value.Mapping map ->
                element instanceof Unknown unknown
                        ? Answers.unknown(unknown)
                        : Value.of(text(element).map(map.entries()::containsKey).orElse(false));
            case Unknown unknown -> Alternatives.of(unknown, alternative -> contained(element, alternative));
            case Value.Text text -> equal(element, text);
            case Value.Absent absent -> Value.FALSE;
            case Value.Bool bool -> Value.FALSE;
            case Value.Numeric number -> equal(element, number);
        };
    }

    private static Value containedIn(Value element, Value.Sequence list) {
        Value answer = Value.FALSE;
        for (Located item : list.items()) {
            var same = equal(element, item.value());
            if (Answers.isTrue(same)) {
                return Value.TRUE;
            }
            if (same instanceof Unknown) {
                answer = same;
            }
        }
        return answer;
    }

    /** The number that a scalar is or spells. */
    static Optional<BigDecimal> number(Value value) {
        return switch (value) {
            case Value.Numeric number -> Optional.of(number.value());
            case Value.Text text -> parsed(text.value());
            default -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> parsed(String text) {
        if (text.isEmpty() || text.length() > 40 || "0123456789-+.".indexOf(text.charAt(0)) < 0) {
            return Optional.empty();
        }
        try {
            var number = new BigDecimal(text);
            return endless(number) ? Optional.empty() : Optional.of(number);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A scalar's text as Terraform would write it. */
    static Optional<String> text(Value value) {
        return value instanceof Value.Numeric number ? Optional.of(written(number.value())) : scalar(value);
    }

    /** All digits of a number; one with more than anybody reads is written with its exponent. */
    static String written(BigDecimal number) {
        return endless(number) ? number.toString() : number.stripTrailingZeros().toPlainString();
    }

    /** Whether a number is written short and would take a page, or all the memory, to be written out. */
    static boolean endless(BigDecimal number) {
        return Math.abs((long) number.scale()) > MOST_DIGITS;
    }

    private static Optional<String> scalar(Value value) {
        return switch (value) {
            case Value.Text text -> Optional.of(text.value());
            case Value.Bool bool -> Optional.of(Boolean.toString(bool.value()));
            default -> Optional.empty();
        };
    }
}
