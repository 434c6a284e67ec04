package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Heap;
import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Thing.Shape;
import dev.stepzero.scan.code.java.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What lists and other collections hold, at an index where that is known.
 *
 * @param lists what the call's object may be
 */
record Lists(Call call, List<Thing> lists, State state, MethodRun run) {
    private static final int MOST = 48;

    /** What the call gives, with what it changes done. */
    Optional<Value> answer() {
        var on = call.on();
        int count = call.arguments().size();
        UnaryOperator<Thing> change = UnaryOperator.identity();
        Value result;
        switch (call.name()) {
            case Call.CONSTRUCTOR -> {
                if (count == 1 && !call.type().parameterType(0).isPrimitive()) {
                    var copy = elements(call, state.heap());
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
                var more = state.heap()
                        .of(all)
                        .map(Thing::all)
                        .orElse(Value.UNKNOWN.with(state.heap().deep(all)));
                change = list -> list.collapsed().plus(more);
                result = Value.UNKNOWN;
            }
            case "get", "elementAt" -> result = Containers.each(lists, list -> get(list, call.argument(0)));
            case "getFirst", "firstElement", "first", "peek", "peekFirst", "element" -> {
                boolean top = lists.getFirst().type().endsWith("Stack");
                result = Containers.each(lists, list -> get(list, Value.constant(top ? list.size() - 1 : 0)));
            }
            case "getLast", "lastElement", "last", "peekLast" ->
                result = Containers.each(lists, list -> get(list, Value.constant(list.size() - 1)));
            case "set", "setElementAt" -> {
                boolean swapped = call.name().equals("setElementAt");
                var at = call.argument(swapped ? 1 : 0);
                var value = call.argument(swapped ? 0 : 1);
                result = Containers.each(lists, list -> get(list, at));
                change = list -> set(list, at, value);
            }
            case "remove", "removeElementAt" -> {
                if (count == 1 && call.type().parameterType(0).isPrimitive()) {
                    result = Containers.each(lists, list -> get(list, call.argument(0)));
                    change = list -> remove(list, call.argument(0));
                } else if (count == 1) {
                    result = Value.UNKNOWN;
                    change = Thing::collapsed;
                } else {
                    result = Containers.each(lists, list -> get(list, Value.constant(0)));
                    change = list -> remove(list, Value.constant(0));
                }
            }
            case "removeFirst", "poll", "pollFirst", "pop", "take" -> {
                boolean top = lists.getFirst().type().endsWith("Stack");
                result = Containers.each(lists, list -> get(list, Value.constant(top ? list.size() - 1 : 0)));
                change = list -> remove(list, Value.constant(top ? list.size() - 1 : 0));
            }
            case "removeLast", "pollLast" -> {
                result = Containers.each(lists, list -> get(list, Value.constant(list.size() - 1)));
                change = list -> remove(list, Value.constant(list.size() - 1));
            }
            case "clear", "removeAllElements" -> {
                change = list -> list.many() ? list : Thing.of(Shape.LIST, list.type());
                result = Value.NOTHING;
            }
            case "size" ->
                result = Containers.each(lists, list -> list.size() < 0 ? Value.UNKNOWN : Value.constant(list.size()));
            case "isEmpty" ->
                result = Containers.each(
                        lists, list -> list.size() < 0 ? Value.UNKNOWN : Value.constant(list.size() == 0 ? 1 : 0));
            case "contains" -> result = Checks.contained(lists, call.argument(0), state.heap());
            case "next", "nextElement", "previous" -> result = Containers.each(lists, Thing::all);
            case "forEach" -> {
                return Containers.handOver(List.of(Containers.each(lists, Thing::all)), call, state, run);
            }
            case "toArray" -> {
                var all = Containers.each(lists, Thing::all);
                result = Value.UNKNOWN.with(state.heap().deep(all)).notNull();
            }
            case "hasNext", "hasMoreElements", "hasPrevious" -> result = Value.UNKNOWN;
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

    /** The elements that are given one by one, as an array, or as another collection. */
    static Thing elements(Call call, Heap heap) {
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
}
