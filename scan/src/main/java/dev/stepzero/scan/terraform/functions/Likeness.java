package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;

/** Whether two values are the same, as far as that can be told. Values of different types are different. */
enum Likeness {
    SAME,
    DIFFERENT,
    OPEN;

    static Likeness of(Value one, Value other) {
        if (one instanceof Unknown unknown) {
            return unknown(unknown, other);
        }
        if (other instanceof Unknown unknown) {
            return unknown(unknown, one);
        }
        return switch (one) {
            case Value.Sequence list when other instanceof Value.Sequence second -> lists(list, second);
            case Value.Mapping map when other instanceof Value.Mapping second -> maps(map, second);
            default -> one.equals(other) ? SAME : DIFFERENT;
        };
    }

    private static Likeness unknown(Unknown unknown, Value other) {
        if (other instanceof Value.Absent && unknown.notNull()) {
            return DIFFERENT;
        }
        if (other instanceof Value.Text(var text) && !text.startsWith(unknown.prefix())) {
            return DIFFERENT;
        }
        if (!(other instanceof Unknown) && !unknown.oneOf().isEmpty()) {
            for (var alternative : unknown.oneOf()) {
                if (of(alternative, other) != DIFFERENT) {
                    return OPEN;
                }
            }
            return DIFFERENT;
        }
        return OPEN;
    }

    private static Likeness lists(Value.Sequence one, Value.Sequence other) {
        if (one.items().size() != other.items().size()) {
            return DIFFERENT;
        }
        var result = SAME;
        for (int i = 0; i < one.items().size() && result != DIFFERENT; i++) {
            result = result.and(
                    of(one.items().get(i).value(), other.items().get(i).value()));
        }
        return result;
    }

    private static Likeness maps(Value.Mapping one, Value.Mapping other) {
        if (!one.entries().keySet().equals(other.entries().keySet())) {
            return DIFFERENT;
        }
        var result = SAME;
        for (var name : one.entries().keySet()) {
            result = result.and(of(one.get(name), other.get(name)));
            if (result == DIFFERENT) {
                break;
            }
        }
        return result;
    }

    private Likeness and(Likeness other) {
        if (this == DIFFERENT || other == DIFFERENT) {
            return DIFFERENT;
        }
        return this == OPEN || other == OPEN ? OPEN : SAME;
    }
}
