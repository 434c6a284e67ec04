package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Thing.Shape;
import dev.stepzero.scan.code.java.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Collections and maps: how they are made, and whose model answers for them. */
final class Containers implements Model {
    private static final Set<String> LISTS = Set.of(
            "ArrayList",
            "LinkedList",
            "Vector",
            "Stack",
            "ArrayDeque",
            "HashSet",
            "LinkedHashSet",
            "TreeSet",
            "PriorityQueue",
            "concurrent/CopyOnWriteArrayList",
            "concurrent/CopyOnWriteArraySet",
            "concurrent/ConcurrentLinkedQueue",
            "concurrent/LinkedBlockingQueue",
            "concurrent/ConcurrentLinkedDeque");
    private static final Set<String> MAPS = Set.of(
            "HashMap",
            "LinkedHashMap",
            "TreeMap",
            "Hashtable",
            "Properties",
            "WeakHashMap",
            "IdentityHashMap",
            "EnumMap",
            "concurrent/ConcurrentHashMap",
            "concurrent/ConcurrentSkipListMap");
    /** Views of a collection or map that hold what it holds. */
    static final Set<String> SAME = Set.of(
            "iterator",
            "listIterator",
            "elements",
            "stream",
            "values",
            "entrySet",
            "parallelStream",
            "descendingIterator",
            "reversed",
            "entries");

    private static final Set<String> MAKERS = Set.of(
            "of",
            "asList",
            "copyOf",
            "singletonList",
            "singleton",
            "emptyList",
            "emptyMap",
            "emptySet",
            "singletonMap",
            "newArrayList",
            "newHashMap",
            "newHashSet");
    private static final Set<String> KOTLIN = Set.of("listOf", "setOf", "mutableListOf", "mutableSetOf");

    /** A new object, empty still. */
    static Thing made(String type) {
        if (type.equals("java/lang/StringBuilder") || type.equals("java/lang/StringBuffer")) {
            return Thing.of(Shape.TEXT, type);
        }
        if (type.startsWith("java/util/")) {
            var name = type.substring("java/util/".length());
            if (LISTS.contains(name)) {
                return Thing.of(Shape.LIST, type);
            }
            if (MAPS.contains(name)) {
                return Thing.of(Shape.MAP, type);
            }
        }
        return Thing.of(Shape.OBJECT, type);
    }

    @Override
    public Optional<Value> answer(Call call, State state, MethodRun run) {
        if (call.receiver().isEmpty()) {
            return maker(call, state, run);
        }
        var on = call.on();
        var things = new ArrayList<Thing>();
        for (var number : on.things()) {
            state.heap().at(number).ifPresent(things::add);
        }
        if (things.isEmpty() || on.elsewhere()) {
            return Optional.empty();
        }
        if (things.stream().allMatch(each -> each.shape() == Shape.LIST)) {
            return new Lists(call, things, state, run).answer().map(value -> value.plus(on.taint()));
        }
        if (things.stream().allMatch(each -> each.shape() == Shape.MAP)) {
            return new Maps(call, things, state, run).answer().map(value -> value.plus(on.taint()));
        }
        return Optional.empty();
    }

    private static Optional<Value> maker(Call call, State state, MethodRun run) {
        boolean makes = call.owner().startsWith("kotlin/collections/")
                ? KOTLIN.contains(call.name())
                : call.owner().startsWith("java/util/") && MAKERS.contains(call.name());
        if (!makes) {
            return Optional.empty();
        }
        var result = Instructions.internal(call.type().returnType());
        boolean isMap = result.equals("java/util/Map");
        if (!isMap && !List.of("java/util/List", "java/util/Set").contains(result)) {
            return Optional.empty();
        }
        int number = run.number("made", call.place().index());
        if (isMap) {
            var map = Thing.of(Shape.MAP, "java/util/HashMap");
            for (int i = 0; i + 1 < call.arguments().size(); i += 2) {
                map = Maps.put(map, call.argument(i), call.argument(i + 1));
            }
            return Optional.of(state.heap().make(number, map));
        }
        return Optional.of(state.heap().make(number, Lists.elements(call, state.heap())));
    }

    /** What any of them gives. */
    static Value each(List<Thing> things, Function<Thing, Value> function) {
        var result = Value.NOTHING;
        for (var thing : things) {
            result = result.or(function.apply(thing));
        }
        return result.identified(0);
    }

    /** Calls the lambda that a call hands over with what is held; empty where it is no lambda of the program's. */
    static Optional<Value> handOver(List<Value> held, Call call, State state, MethodRun run) {
        return state.heap()
                .of(call.argument(0))
                .filter(taker -> taker.shape() == Shape.LAMBDA)
                .map(taker -> {
                    new OwnMethods(run, state).lambda(taker, held, call);
                    return Value.NOTHING;
                });
    }
}
