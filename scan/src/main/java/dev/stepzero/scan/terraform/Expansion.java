package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Body;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many instances a block has, by its count or for_each. */
record Expansion(Kind kind, List<Instance> instances) {
    private static final int MOST_INSTANCES = 100_000;

    enum Kind {
        SINGLE,
        COUNT,
        FOR_EACH,
        /** One instance that stands for all, since their number or keys cannot be told. */
        SYMBOLIC
    }

    /**
     * One of them.
     *
     * @param key what stands in brackets after the address, with the brackets; empty for a block that stands once
     */
    record Instance(String key, @Nullable String name, Scope scope) {}

    static Expansion of(Body body, Scope scope, Expressions expressions, Limits limits) {
        for (var attribute : body.attributes()) {
            if (attribute.name().equals("count")) {
                return count(expressions.evaluate(attribute.value(), scope), attribute.position(), scope, limits);
            }
            if (attribute.name().equals("for_each")) {
                return each(expressions.evaluate(attribute.value(), scope), attribute.position(), scope, limits);
            }
        }
        return new Expansion(Kind.SINGLE, List.of(new Instance("", null, scope)));
    }

    private static Expansion symbolic(Scope scope) {
        return new Expansion(Kind.SYMBOLIC, List.of(new Instance("[*]", null, scope)));
    }

    private static Expansion count(Value count, Position position, Scope scope, Limits limits) {
        if (count instanceof Unknown unknown) {
            return symbolic(scope.counting(atMostOne(unknown) ? Value.of(0) : Unknowns.of(unknown)));
        }
        var number = Conversions.number(count);
        if (number.isEmpty() || number.get().signum() < 0) {
            limits.problem("count takes a number that is not negative", position);
            return symbolic(scope.counting(Unknown.because("count").present()));
        }
        if (number.get().doubleValue() > MOST_INSTANCES
                || !limits.hold(number.get().longValue() * 5, position)) {
            limits.problem("more than %,d instances: one is looked at for all".formatted(MOST_INSTANCES), position);
            return symbolic(scope.counting(Unknown.because("count.index").present()));
        }
        var instances = new ArrayList<Instance>();
        for (int i = 0; i < number.get().intValue(); i++) {
            instances.add(new Instance("[" + i + "]", null, scope.counting(Value.of(i))));
        }
        return new Expansion(Kind.COUNT, instances);
    }

    private static boolean atMostOne(Unknown count) {
        if (count.oneOf().isEmpty()) {
            return false;
        }
        for (var alternative : count.oneOf()) {
            var number = alternative instanceof Unknown
                    ? null
                    : Conversions.number(alternative).orElse(null);
            if (number == null || number.doubleValue() > 1) {
                return false;
            }
        }
        return true;
    }

    private static Expansion each(Value collection, Position position, Scope scope, Limits limits) {
        var pairs = new LinkedHashMap<String, Value>();
        switch (collection) {
            case Value.Mapping map -> Loops.sorted(map).forEach((key, entry) -> pairs.put(key, entry.value()));
            case Value.Sequence(var items) -> {
                for (var item : items) {
                    if (item.value() instanceof Unknown unknown) {
                        return symbolic(scope.iterating("each", unknown.present(), unknown.present()));
                    }
                    var key = Conversions.text(item.value());
                    if (key.isEmpty()) {
                        limits.problem("for_each takes a map or a set of texts", position);
                        return symbolic(anything(scope));
                    }
                    pairs.put(key.get(), Value.of(key.get()));
                }
            }
            case Unknown unknown -> {
                var pair = onlyElement(unknown);
                return symbolic(scope.iterating("each", pair.key(), pair.value()));
            }
            default -> {
                limits.problem("for_each takes a map or a set of texts", position);
                return symbolic(anything(scope));
            }
        }
        if (pairs.size() > MOST_INSTANCES || !limits.hold(pairs.size() * 5L, position)) {
            limits.problem("more than %,d instances: one is looked at for all".formatted(MOST_INSTANCES), position);
            return symbolic(anything(scope));
        }
        var instances = new ArrayList<Instance>(pairs.size());
        pairs.forEach((key, value) ->
                instances.add(new Instance("[\"" + key + "\"]", key, scope.iterating("each", Value.of(key), value))));
        return new Expansion(Kind.FOR_EACH, instances);
    }

    private static Scope anything(Scope scope) {
        return scope.iterating(
                "each",
                Unknown.because("each.key").present(),
                Unknown.because("each.value").present());
    }

    /** A key with its value. */
    record Pair(Value key, Value value) {}

    /** What can be told of the elements of an unknown collection: all, where it has this one or none. */
    static Pair onlyElement(Unknown collection) {
        Pair only = null;
        for (var alternative : collection.oneOf()) {
            var elements = switch (alternative) {
                case Value.Mapping map -> map.entries();
                case Value.Sequence list -> numbered(list);
                default -> null;
            };
            if (elements == null || elements.size() > 1 || (only != null && !elements.isEmpty())) {
                only = null;
                break;
            }
            for (var entry : elements.entrySet()) {
                var value = entry.getValue().value();
                only = new Pair(alternative instanceof Value.Sequence ? value : Value.of(entry.getKey()), value);
            }
        }
        var element = Unknowns.of(collection);
        return only == null ? new Pair(element, element) : only;
    }

    private static LinkedHashMap<String, Located> numbered(Value.Sequence list) {
        var elements = new LinkedHashMap<String, Located>();
        list.items().forEach(item -> elements.put(String.valueOf(elements.size()), item));
        return elements;
    }
}
