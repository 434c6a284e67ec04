package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Heap;
import dev.stepzero.scan.code.java.value.Null;
import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Thing.Shape;
import dev.stepzero.scan.code.java.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What lists hold at an index and maps under a key. */
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
    private static final Set<String> SAME = Set.of(
            "iterator",
            "listIterator",
            "elements",
            "stream",
            "values",
            "entrySet",
            "keySet",
            "parallelStream",
            "descendingIterator",
            "reversed",
            "keys",
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
    private static final int MOST = 48;

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
            return list(call, things, state).map(value -> value.plus(on.taint()));
        }
        if (things.stream().allMatch(each -> each.shape() == Shape.MAP)) {
            return map(call, things, state, run).map(value -> value.plus(on.taint()));
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
                map = put(map, call.argument(i), call.argument(i + 1));
            }
            return Optional.of(state.heap().make(number, map));
        }
        return Optional.of(state.heap().make(number, elements(call, state.heap())));
    }

    /** The elements that are given one by one, as an array, or as another collection. */
    private static Thing elements(Call call, Heap heap) {
        var list = Thing.of(Shape.LIST, "java/util/ArrayList");
        var given = call.arguments();
        boolean one = given.size() == 1
                && !call.type().parameterType(0).descriptorString().equals("Ljava/lang/Object;");
        var whole = one ? heap.of(given.getFirst()) : Optional.<Thing>empty();
        if (whole.isPresent()
                && (whole.get().shape() == Shape.ARRAY || whole.get().shape() == Shape.LIST)) {
            return list.plus(whole.get().rest())
                    .withElements(whole.get().parts(), whole.get().size());
        }
        if (one) {
            return list.plus(Value.UNKNOWN.with(heap.deep(given.getFirst()))).sized(-1);
        }
        Map<Object, Value> parts = new HashMap<>();
        for (int i = 0; i < given.size(); i++) {
            parts.put(i, given.get(i));
        }
        return list.withElements(parts, given.size());
    }

    private static Optional<Value> list(Call call, List<Thing> lists, State state) {
        var on = call.on();
        var heap = state.heap();
        int count = call.arguments().size();
        UnaryOperator<Thing> change = UnaryOperator.identity();
        Value result;
        switch (call.name()) {
            case Call.CONSTRUCTOR -> {
                if (count == 1 && !call.type().parameterType(0).isPrimitive()) {
                    var copy = elements(call, heap);
                    change = list -> list.plus(copy.rest()).withElements(copy.parts(), copy.size());
                }
                result = Value.NOTHING;
            }
            case "add", "addElement", "addLast", "offer", "offerLast", "push" -> {
                var added = call.argument(count - 1);
                boolean first =
                        call.name().equals("push") && !lists.getFirst().type().endsWith("Stack");
                if (count == 2) {
                    change = list -> insert(list, call.argument(0), added);
                } else {
                    change = list -> first ? insert(list, Value.constant(0), added) : append(list, added);
                }
                result = call.name().equals("push") ? added : Value.UNKNOWN;
            }
            case "addFirst", "offerFirst" -> {
                change = list -> insert(list, Value.constant(0), call.argument(0));
                result = Value.UNKNOWN;
            }
            case "addAll" -> {
                var all = call.argument(count - 1);
                var more = heap.of(all).map(Thing::all).orElse(Value.UNKNOWN.with(heap.deep(all)));
                change = list -> list.collapsed().plus(more);
                result = Value.UNKNOWN;
            }
            case "get", "elementAt" -> result = each(lists, list -> get(list, call.argument(0)));
            case "getFirst", "firstElement", "first", "peek", "peekFirst", "element" -> {
                boolean top = lists.getFirst().type().endsWith("Stack");
                result = each(lists, list -> get(list, Value.constant(top ? list.size() - 1 : 0)));
            }
            case "getLast", "lastElement", "last", "peekLast" ->
                result = each(lists, list -> get(list, Value.constant(list.size() - 1)));
            case "set", "setElementAt" -> {
                boolean swapped = call.name().equals("setElementAt");
                var at = call.argument(swapped ? 1 : 0);
                var value = call.argument(swapped ? 0 : 1);
                result = each(lists, list -> get(list, at));
                change = list -> set(list, at, value);
            }
            case "remove", "removeElementAt" -> {
                if (count == 1 && call.type().parameterType(0).isPrimitive()) {
                    result = each(lists, list -> get(list, call.argument(0)));
                    change = list -> remove(list, call.argument(0));
                } else if (count == 1) {
                    result = Value.UNKNOWN;
                    change = Thing::collapsed;
                } else {
                    result = each(lists, list -> get(list, Value.constant(0)));
                    change = list -> remove(list, Value.constant(0));
                }
            }
            case "removeFirst", "poll", "pollFirst", "pop", "take" -> {
                boolean top = lists.getFirst().type().endsWith("Stack");
                result = each(lists, list -> get(list, Value.constant(top ? list.size() - 1 : 0)));
                change = list -> remove(list, Value.constant(top ? list.size() - 1 : 0));
            }
            case "removeLast", "pollLast" -> {
                result = each(lists, list -> get(list, Value.constant(list.size() - 1)));
                change = list -> remove(list, Value.constant(list.size() - 1));
            }
            case "clear", "removeAllElements" -> {
                change = list -> list.many() ? list : Thing.of(Shape.LIST, list.type());
                result = Value.NOTHING;
            }
            case "size" -> result = each(lists, list -> list.size() < 0 ? Value.UNKNOWN : Value.constant(list.size()));
            case "isEmpty" ->
                result =
                        each(lists, list -> list.size() < 0 ? Value.UNKNOWN : Value.constant(list.size() == 0 ? 1 : 0));
            case "contains" -> result = Checks.contained(lists, call.argument(0), heap);
            case "next", "nextElement", "previous" -> result = each(lists, Thing::all);
            case "toArray" -> {
                var all = each(lists, Thing::all);
                result = Value.UNKNOWN.with(heap.deep(all)).notNull();
            }
            case "hasNext", "hasMoreElements", "hasPrevious" -> result = Value.UNKNOWN;
            default -> {
                if (!SAME.contains(call.name())) {
                    return Optional.empty();
                }
                result = on;
            }
        }
        heap.change(on, change);
        return Optional.of(result);
    }

    private static Value each(List<Thing> things, java.util.function.Function<Thing, Value> function) {
        var result = Value.NOTHING;
        for (var thing : things) {
            result = result.or(function.apply(thing));
        }
        return result.identified(0);
    }

    private static Optional<Integer> index(Thing list, Value at) {
        return list.size() < 0 || list.many()
                ? Optional.empty()
                : at.only().filter(Integer.class::isInstance).map(Integer.class::cast);
    }

    private static Value get(Thing list, Value at) {
        var index = index(list, at);
        if (index.isPresent()) {
            return list.at(index.get()).orElse(Value.NOTHING).or(list.rest());
        }
        var all = list.all();
        return all.equals(Value.NOTHING) ? Value.UNKNOWN : all;
    }

    private static Thing append(Thing list, Value value) {
        return list.size() < 0 || list.many() || list.size() >= MOST
                ? list.collapsed().plus(value)
                : list.with(list.size(), value).sized(list.size() + 1);
    }

    private static Thing insert(Thing list, Value at, Value value) {
        var index = index(list, at);
        if (index.isEmpty() || list.size() >= MOST || index.get() > list.size() || index.get() < 0) {
            return list.collapsed().plus(value);
        }
        var all = inOrder(list);
        all.add(index.get(), value);
        return ordered(list, all);
    }

    private static Thing remove(Thing list, Value at) {
        var index = index(list, at);
        if (index.isEmpty() || index.get() >= list.size() || index.get() < 0) {
            return list.collapsed();
        }
        var all = inOrder(list);
        all.remove((int) index.get());
        return ordered(list, all);
    }

    private static Thing set(Thing list, Value at, Value value) {
        var index = index(list, at);
        return index.isPresent()
                ? list.with(index.get(), value)
                : list.collapsed().plus(value);
    }

    private static List<Value> inOrder(Thing list) {
        var all = new ArrayList<Value>();
        for (int i = 0; i < list.size(); i++) {
            all.add(list.at(i).orElse(Value.UNKNOWN));
        }
        return all;
    }

    private static Thing ordered(Thing list, List<Value> all) {
        Map<Object, Value> parts = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            parts.put(i, all.get(i));
        }
        return list.withElements(parts, all.size());
    }

    private static Optional<Value> map(Call call, List<Thing> maps, State state, MethodRun run) {
        var on = call.on();
        var heap = state.heap();
        UnaryOperator<Thing> change = UnaryOperator.identity();
        Value result;
        switch (call.name()) {
            case Call.CONSTRUCTOR -> {
                if (call.arguments().size() == 1
                        && !call.type().parameterType(0).isPrimitive()) {
                    var given = call.argument(0);
                    var copy = heap.of(given).filter(each -> each.shape() == Shape.MAP);
                    change = copy.isPresent()
                            ? map -> copy.get().asMany().or(map)
                            : map -> map.plus(Value.UNKNOWN.with(heap.deep(given)));
                }
                result = Value.NOTHING;
            }
            case "put", "setProperty", "putIfAbsent", "replace" -> {
                change = map -> put(map, call.argument(0), call.argument(1));
                result = Value.UNKNOWN;
            }
            case "putAll" -> {
                var all = call.argument(0);
                var more = heap.of(all).map(Thing::all).orElse(Value.UNKNOWN.with(heap.deep(all)));
                change = map -> map.plus(more.or(Value.UNKNOWN));
                result = Value.NOTHING;
            }
            case "get", "getProperty", "getOrDefault", "remove" -> {
                var otherwise =
                        call.arguments().size() == 2 && !call.name().equals("remove") ? call.argument(1) : Value.NULL;
                result = each(maps, map -> get(map, call.argument(0), otherwise));
                if (call.name().equals("remove")) {
                    change = map -> removed(map, call.argument(0));
                }
            }
            case "computeIfAbsent", "computeIfPresent", "compute", "merge" -> {
                var made = Value.of(new Unknowns(run, state).given(call));
                result = each(maps, map -> get(map, call.argument(0), Value.NULL))
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
            case "getKey", "getValue" -> result = each(maps, Thing::all);
            case "size", "isEmpty", "hasNext", "hasMoreElements" -> result = Value.UNKNOWN;
            default -> {
                if (!SAME.contains(call.name())) {
                    return Optional.empty();
                }
                result = on;
            }
        }
        state.heap().change(on, change);
        return Optional.of(result);
    }

    private static Thing put(Thing map, Value key, Value value) {
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
