package dev.stepzero.scan.code.java.value;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An object that the program made, or all that one instruction made.
 *
 * @param type its class, as the JVM writes it
 * @param many whether it stands for several objects, so that what is put in may replace nothing
 * @param parts fields by name, elements by number, entries by constant key, what a lambda holds by number
 * @param rest whatever else may be in it; {@link Value#NOTHING} where nothing can be
 * @param size how many elements a list or array has; -1 where that is not known, and then all are in the rest
 * @param target what a lambda calls
 */
public record Thing(
        Shape shape,
        String type,
        boolean many,
        Map<Object, Value> parts,
        Value rest,
        int size,
        Optional<Target> target) {
    private static final int MOST_PARTS = 64;

    /** What kind of thing it is. */
    public enum Shape {
        OBJECT,
        LIST,
        ARRAY,
        MAP,
        /** A text that is being put together. */
        TEXT,
        LAMBDA
    }

    /** The method that a lambda or a method reference calls. */
    public record Target(
            String owner, String name, String descriptor, boolean isStatic, boolean makes, String calledAs) {}

    public Thing {
        parts = Map.copyOf(parts);
    }

    public static Thing of(Shape shape, String type) {
        var rest = shape == Shape.TEXT ? Value.constant("") : Value.NOTHING;
        return new Thing(shape, type, false, Map.of(), rest, 0, Optional.empty());
    }

    public static Thing lambda(String type, Target target, Map<Object, Value> held) {
        return new Thing(Shape.LAMBDA, type, false, held, Value.NOTHING, 0, Optional.of(target));
    }

    public Thing asMany() {
        return new Thing(shape, type, true, parts, rest, size, target);
    }

    public Thing withRest(Value other) {
        return new Thing(shape, type, many, parts, many ? rest.or(other) : other, size, target);
    }

    public Thing plus(Value more) {
        return new Thing(shape, type, many, parts, rest.or(more), size, target);
    }

    /** The thing with a part put in; too many parts go to the rest. */
    public Thing with(Object key, Value value) {
        var old = parts.get(key);
        if (old == null && parts.size() >= MOST_PARTS) {
            return collapsed().plus(value);
        }
        var all = new LinkedHashMap<>(parts);
        all.put(key, many && old != null ? old.or(value) : value);
        return new Thing(shape, type, many, all, rest, size, target);
    }

    public Thing sized(int other) {
        return new Thing(shape, type, many, parts, rest, other, target);
    }

    /** With these elements and no others. */
    public Thing withElements(Map<Object, Value> elements, int count) {
        return new Thing(shape, type, many, elements, rest, count, target);
    }

    /** Without the order of its elements: all may be anywhere. */
    public Thing collapsed() {
        return new Thing(shape, type, many, Map.of(), all(), -1, target);
    }

    /** Whatever may be in it. */
    public Value all() {
        var all = rest;
        for (var each : parts.values()) {
            all = all.or(each);
        }
        return all;
    }

    /** What is under a key. */
    public Optional<Value> at(Object key) {
        return Optional.ofNullable(parts.get(key));
    }

    public Thing map(UnaryOperator<Value> change) {
        var all = new LinkedHashMap<Object, Value>();
        parts.forEach((key, value) -> all.put(key, change.apply(value)));
        return new Thing(shape, type, many, all, change.apply(rest), size, target);
    }

    /** Whichever of both it is. */
    public Thing or(Thing other) {
        if (equals(other)) {
            return this;
        }
        if (shape != other.shape || !target.equals(other.target)) {
            return new Thing(
                    Shape.OBJECT, "", true, Map.of(), all().or(other.all()).or(Value.UNKNOWN), -1, Optional.empty());
        }
        if ((shape == Shape.LIST || shape == Shape.ARRAY) && size != other.size) {
            return collapsed().or2(other.collapsed());
        }
        return or2(other);
    }

    private Thing or2(Thing other) {
        var all = new LinkedHashMap<Object, Value>();
        for (var entry : parts.entrySet()) {
            all.put(entry.getKey(), entry.getValue().or(other.parts.getOrDefault(entry.getKey(), absent())));
        }
        for (var entry : other.parts.entrySet()) {
            all.computeIfAbsent(entry.getKey(), key -> entry.getValue().or(absent()));
        }
        return new Thing(
                shape,
                type.equals(other.type) ? type : "",
                many || other.many,
                all,
                rest.or(other.rest),
                Math.min(size, other.size),
                target);
    }

    private Value absent() {
        return shape == Shape.MAP ? Value.NULL : Value.UNKNOWN;
    }
}
