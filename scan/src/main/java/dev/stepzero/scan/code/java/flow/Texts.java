package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Heap;
import dev.stepzero.scan.code.java.value.Null;
import dev.stepzero.scan.code.java.value.Value;
import java.util.HashSet;
import java.util.Set;

/** Texts that are put together. */
final class Texts {
    static final String STRING = "java/lang/String";

    private static final int LONGEST = 10_000;
    private static final int MOST = 8;

    private Texts() {}

    static Value concatenate(Value one, Value other) {
        var taint = one.taint().or(other.taint());
        if (areTexts(one) && areTexts(other)) {
            Set<Object> all = new HashSet<>();
            for (var a : one.constants()) {
                for (var b : other.constants()) {
                    all.add(String.valueOf(a) + b);
                }
            }
            if (all.size() <= MOST
                    && all.stream().allMatch(each -> each.toString().length() <= LONGEST)) {
                var value = Value.NOTHING.withConstants(all).typed(STRING).with(taint);
                return all.size() == 1 ? value.starting(all.iterator().next().toString()) : value;
            }
        }
        var start = one.only().isPresent() && areTexts(one) ? one.only().get() + other.start() : one.start();
        return Value.UNKNOWN.with(taint).typed(STRING).starting(start);
    }

    private static boolean areTexts(Value value) {
        return value.isConstant() && value.constants().stream().allMatch(String.class::isInstance);
    }

    /**
     * A value as text.
     *
     * @param descriptor the type that it is declared to have
     */
    static Value text(Value value, String descriptor, Heap heap) {
        if (value.isConstant()) {
            Set<Object> all = new HashSet<>();
            for (var constant : value.constants()) {
                all.add(
                        switch (descriptor.charAt(0)) {
                            case 'C' -> constant instanceof Integer code ? String.valueOf((char) (int) code) : constant;
                            case 'Z' -> constant.equals(1) ? "true" : "false";
                            default -> constant == Null.NULL ? "null" : String.valueOf(constant);
                        });
            }
            var text = Value.NOTHING.withConstants(all).typed(STRING).with(value.taint());
            return all.size() == 1 ? text.starting(all.iterator().next().toString()) : text;
        }
        var built = heap.of(value).filter(thing -> thing.shape() == dev.stepzero.scan.code.java.value.Thing.Shape.TEXT);
        if (built.isPresent()) {
            return built.get().rest();
        }
        return Value.UNKNOWN.typed(STRING).with(heap.deep(value)).starting(value.start());
    }
}
