package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Thing.Shape;
import dev.stepzero.scan.code.java.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What arrays hold at each index. A text as a constant stands for the array of its characters or bytes, too. */
final class Arrays {
    private static final int LONGEST = 64;
    private static final String BYTES = "[B";
    /** Methods that only read the bytes that they are given, by how their names begin. */
    private static final Pattern READERS = Pattern.compile(
            "<init>|(write|update|digest|encode|decode|equals|isEqual|valueOf|copyOf|of|from|append|print|sign|verify|send|put|wrap|init|parse|to|hash|compare).*");

    private final State state;

    Arrays(State state) {
        this.state = state;
    }

    Value make(int number, String type, Value length) {
        int size = length.only()
                .filter(Integer.class::isInstance)
                .map(Integer.class::cast)
                .orElse(-1);
        var array = Thing.of(Shape.ARRAY, type).sized(size > LONGEST || size < 0 ? -1 : size);
        return state.heap().make(number, array.size() < 0 ? array.plus(zero(type)) : array);
    }

    /** An array with these elements. */
    static Thing of(String type, List<Value> elements) {
        Map<Object, Value> parts = new HashMap<>();
        for (int i = 0; i < elements.size(); i++) {
            parts.put(i, elements.get(i));
        }
        return Thing.of(Shape.ARRAY, type).withElements(parts, elements.size());
    }

    private static Value zero(String arrayType) {
        return Fields.zero(arrayType.substring(1));
    }

    Value load(Value array, Value index) {
        var taint = array.taint().or(state.heap().deep(Value.NOTHING));
        var result = array.elsewhere() || array.things().isEmpty() ? Value.UNKNOWN.with(taint) : Value.NOTHING;
        if (array.type().startsWith("[L") && result.equals(Value.UNKNOWN.with(taint))) {
            result = result.typed(array.type().substring(2, array.type().length() - 1));
        }
        for (var number : array.things()) {
            var thing = state.heap().at(number);
            result = result.or(thing.map(each -> load(each, index)).orElse(Value.UNKNOWN));
        }
        // A number that can be guessed chooses what can be guessed; numbers of text are harmless.
        return result.plus(taint).plus(index.taint().asNumber());
    }

    private static Value load(Thing array, Value index) {
        if (array.shape() != Shape.ARRAY) {
            return Value.UNKNOWN.with(array.all().taint());
        }
        if (array.size() >= 0 && index.only().isPresent()) {
            return array.at(index.only().get()).orElseGet(() -> zero(array.type()));
        }
        return array.parts().size() < array.size() ? array.all().or(zero(array.type())) : array.all();
    }

    void store(Value array, Value index, Value value) {
        state.heap().change(array, thing -> {
            var key = index.only().filter(Integer.class::isInstance);
            return thing.size() >= 0 && key.isPresent()
                    ? thing.with(key.get(), value)
                    : thing.collapsed()
                            .plus(value)
                            .plus(
                                    thing.size() >= 0
                                            ? zero(thing.type().isEmpty() ? "[L" : thing.type())
                                            : Value.NOTHING);
        });
        if (array.elsewhere() && array.things().isEmpty()) {
            state.refine(array.id(), each -> each.plus(value.taint()));
        }
    }

    /** A method of a library may fill the arrays of bytes that it is given: what is in them is not known any more. */
    void mayBeWritten(Call call) {
        for (var argument : call.arguments()) {
            if (!argument.things().isEmpty() && !READERS.matcher(call.name()).matches()) {
                state.heap()
                        .change(
                                argument,
                                thing -> thing.type().equals(BYTES)
                                        ? thing.collapsed().plus(Value.UNKNOWN)
                                        : thing);
            }
        }
    }

    /** Whether all that an array holds stands in the code: what was put there, and zeros. */
    static boolean isConstant(Thing array) {
        return array.shape() == Shape.ARRAY
                && array.size() > 0
                && array.rest().equals(Value.NOTHING)
                && array.parts().values().stream().allMatch(Value::isConstant);
    }

    Value length(Value array) {
        var thing = state.heap().of(array);
        if (thing.isPresent()
                && thing.get().shape() == Shape.ARRAY
                && thing.get().size() >= 0) {
            return Value.constant(thing.get().size());
        }
        return array.only().filter(String.class::isInstance).isPresent()
                ? Value.constant(String.valueOf(array.only().get()).length())
                : Value.UNKNOWN;
    }
}
