package dev.stepzero.scan.code.java.value;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The things that exist at a point of a method. */
public final class Heap {
    private static final int DEEPEST = 200;

    private final Map<Integer, Thing> things;

    public Heap() {
        this(Map.of());
    }

    public Heap(Map<Integer, Thing> things) {
        this.things = new HashMap<>(things);
    }

    public Heap copy() {
        return new Heap(things);
    }

    public Map<Integer, Thing> things() {
        return things;
    }

    public Optional<Thing> at(int number) {
        return Optional.ofNullable(things.get(number));
    }

    /** The only thing that a value is. */
    public Optional<Thing> of(Value value) {
        return value.onlyThing().flatMap(this::at);
    }

    public void put(int number, Thing thing) {
        things.put(number, thing);
    }

    /** A new thing; where its maker made one before, both are one from now on. */
    public Value make(int number, Thing thing) {
        var before = things.get(number);
        things.put(number, before == null ? thing : before.or(thing).asMany());
        return Value.thing(number, thing.type());
    }

    /** Changes whatever things a value may be; where it may be several, each keeps what it had as well. */
    public void change(Value value, UnaryOperator<Thing> change) {
        boolean certain = value.onlyThing().isPresent();
        for (var number : value.things()) {
            var thing = things.get(number);
            if (thing != null) {
                var changed = change.apply(thing);
                things.put(number, certain ? changed : thing.or(changed));
            }
        }
    }

    /** What of outside is in a value or in what it holds. */
    public Taint deep(Value value) {
        if (value.things().isEmpty()) {
            return value.taint();
        }
        var taint = value.taint();
        for (var number : reachable(Set.of(value))) {
            var thing = things.get(number);
            if (thing != null) {
                taint = taint.or(thing.rest().taint());
                for (var part : thing.parts().values()) {
                    taint = taint.or(part.taint());
                }
            }
        }
        return taint;
    }

    /** The numbers of all things that values lead to. */
    public Set<Integer> reachable(Collection<Value> from) {
        var found = new TreeSet<Integer>();
        var queue = new ArrayDeque<Integer>();
        from.forEach(value -> add(value, found, queue));
        while (!queue.isEmpty() && found.size() < DEEPEST) {
            var thing = things.get(queue.remove());
            if (thing != null) {
                add(thing.rest(), found, queue);
                thing.parts().values().forEach(part -> add(part, found, queue));
            }
        }
        return found;
    }

    private static void add(Value value, Set<Integer> found, ArrayDeque<Integer> queue) {
        for (var number : value.things()) {
            if (found.add(number)) {
                queue.add(number);
            }
        }
    }

    public void keep(Set<Integer> numbers) {
        things.keySet().retainAll(numbers);
    }

    /** Whichever of both it is. */
    public Heap or(Heap other) {
        var all = new LinkedHashMap<>(things);
        other.things.forEach((number, thing) -> all.merge(number, thing, Thing::or));
        return new Heap(all);
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Heap heap && things.equals(heap.things);
    }

    @Override
    public int hashCode() {
        return things.hashCode();
    }
}
