package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The arguments of a call, converted as Terraform converts them. Reading an unknown one ends in {@link NotKnown}. */
record Arguments(String function, List<Value> all, FunctionScope scope) {
    int count() {
        return all.size();
    }

    Value at(int index) {
        return all.get(index);
    }

    /** The argument, which must not be null. */
    Value present(int index) {
        if (at(index) instanceof Value.Absent) {
            throw wrong(index, "argument must not be null");
        }
        return at(index);
    }

    String text(int index) {
        return Conversion.text(present(index));
    }

    BigDecimal number(int index) {
        return Conversion.number(present(index));
    }

    boolean bool(int index) {
        return Conversion.bool(present(index));
    }

    BigInteger whole(int index) {
        try {
            return number(index).toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw wrong(index, "a whole number is required");
        }
    }

    int integer(int index) {
        try {
            return whole(index).intValueExact();
        } catch (ArithmeticException e) {
            throw wrong(index, "the number is out of range");
        }
    }

    /** The items of a list, tuple or set. */
    List<Located> items(int index) {
        return switch (present(index)) {
            case Value.Sequence list -> list.items();
            case Unknown unknown -> throw new NotKnown();
            default -> throw wrong(index, "list of any type required");
        };
    }

    List<String> texts(int index) {
        var texts = new ArrayList<String>();
        for (var item : items(index)) {
            if (item.value() instanceof Value.Absent) {
                throw wrong(index, "an element is null");
            }
            texts.add(Conversion.text(item.value()));
        }
        return texts;
    }

    Value.Mapping mapping(int index) {
        return switch (present(index)) {
            case Value.Mapping map -> map;
            case Unknown unknown -> throw new NotKnown();
            default -> throw wrong(index, "map of any type required");
        };
    }

    /** Where the only argument stands that is unknown as a whole; below 0 where there is none, or more than one. */
    int onlyUnknown() {
        int found = -1;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof Unknown) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    Arguments with(int index, Value value) {
        var changed = new ArrayList<>(all);
        changed.set(index, value);
        return new Arguments(function, changed, scope);
    }

    FunctionError wrong(int index, String why) {
        return new FunctionError("invalid value for argument %d: %s".formatted(index + 1, why));
    }
}
