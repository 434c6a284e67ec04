package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Null;
import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Thing.Shape;
import dev.stepzero.scan.code.java.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What maps hold under a key, and what keys they have.
 *
 * @param maps what the call's object may be
 */
record Maps(Call call, List<Thing> maps, State state, MethodRun run) {
    /** What the call gives, with what it changes done. */
    Optional<Value> answer() {
        var on = call.on();
        UnaryOperator<Thing> change = UnaryOperator.identity();
        Value result;
        switch (call.name()) {
            case Call.CONSTRUCTOR -> {
                if (call.arguments().size() == 1
                        && !call.type().parameterType(0).isPrimitive()) {
                    var given = call.argument(0);
                    var copy = state.heap().of(given).filter(each -> each.shape() == Shape.MAP);
                    change = copy.isPresent()
                            ? map -> copy.get().asMany().or(map)
                            : map -> map.plus(Value.UNKNOWN.with(state.heap().deep(given)));
                }
                result = Value.NOTHING;
            }
            case "put", "setProperty", "putIfAbsent", "replace" -> {
                change = map -> put(map, call.argument(0), call.argument(1));
                result = Value.UNKNOWN;
            }
            case "putAll" -> {
                var all = call.argument(0);
                var more = state.heap()
                        .of(all)
                        .map(Thing::all)
                        .orElse(Value.UNKNOWN.with(state.heap().deep(all)));
                change = map -> map.plus(more.or(Value.UNKNOWN));
                result = Value.NOTHING;
            }
            case "get", "getProperty", "getOrDefault", "remove" -> {
                var otherwise =
                        call.arguments().size() == 2 && !call.name().equals("remove") ? call.argument(1) : Value.NULL;
                result = Containers.each(maps, map -> get(map, call.argument(0), otherwise));
                if (call.name().equals("remove")) {
                    change = map -> removed(map, call.argument(0));
                }
            }
            case "computeIfAbsent", "computeIfPresent", "compute", "merge" -> {
                var made = Value.of(new Unknowns(run, state).given(call));
                result = Containers.each(maps, map -> get(map, call.argument(0), Value.NULL))
                        .or(made);
                var put = result;
                change = map -> put(map, call.argument(0), put);
            }
            case "containsKey" -> result = Checks.keyed(maps, call.argument(0));
            case "clear" -> {
                change = map -> map.many() ? map : Thing.of(Shape.MAP, map.type());
                result = Value.NOTHING;
            }
            case "next", "nextElement" -> result = on;
            case "getValue" -> result = Containers.each(maps, Thing::all);
            case "getKey" -> result = Containers.each(maps, Maps::keys);
            case "keySet", "keys" -> {
                var keys = Thing.of(Shape.LIST, "java/util/HashSet").sized(-1).plus(Containers.each(maps, Maps::keys));
                result = state.heap().make(run.number("keys", call.place().index()), keys);
            }
            case "forEach" -> {
                var entry = List.of(Containers.each(maps, Maps::keys), Containers.each(maps, Thing::all));
                return Containers.handOver(entry, call, state, run);
            }
            case "size", "isEmpty", "hasNext", "hasMoreElements" -> result = Value.UNKNOWN;
            default -> {
                if (!Containers.SAME.contains(call.name())) {
                    return Optional.empty();
                }
                result = on;
            }
        }
        state.heap().change(on, change);
        return Optional.of(result);
    }

    /** What its keys may be: those that are constant, and others that may have whatever lies under such. */
    private static Value keys(Thing map) {
        var rest = map.rest();
        var keys = rest.equals(Value.NOTHING) ? Value.NOTHING : Value.UNKNOWN.with(rest.taint());
        for (var constant : map.parts().keySet()) {
            keys = keys.or(Value.constant(constant));
        }
        return keys.equals(Value.NOTHING) ? Value.UNKNOWN : keys;
    }

    static Thing put(Thing map, Value key, Value value) {
        var constant = key.only().filter(each -> each != Null.NULL);
        var marked = key.taint().isNone() ? value : value.or(Value.of(key.taint()));
        return constant.isPresent() ? map.with(constant.get(), value) : map.plus(marked);
    }

    private static Thing removed(Thing map, Value key) {
        var constant = key.only();
        return constant.isPresent() && !map.many() && map.at(constant.get()).isPresent()
                ? map.with(constant.get(), Value.NULL)
                : map;
    }

    private static Value get(Thing map, Value key, Value otherwise) {
        var constant = key.only();
        if (constant.isEmpty()) {
            return map.all().or(otherwise);
        }
        var found = map.at(constant.get()).orElse(otherwise);
        return found.or(map.rest());
    }
}
