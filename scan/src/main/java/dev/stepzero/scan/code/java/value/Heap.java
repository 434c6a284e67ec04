package dev.stepzero.scan.code.java.value;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The things that exist at a point of a method. Copies share them until one is changed. */
public final class Heap {
    private static final int DEEPEST = 200;

    private Map<Integer, Thing> things;
    private boolean shared;

    public Heap() {
        this(Map.of());
    }

    public Heap(Map<Integer, Thing> things) {
        this(new HashMap<>(things), false);
    }

    private Heap(Map<Integer, Thing> things, boolean shared) {
        this.things = things;
        this.shared = shared;
    }

    public Heap copy() {
        shared = true;
        return new Heap(things, true);
    }

    /** The things by their numbers, to look at. */
    public Map<Integer, Thing> things() {
        return Collections.unmodifiableMap(things);
    }

    /** The things, of which nobody else knows. */
    private Map<Integer, Thing> mine() {
        if (shared) {
            things = new HashMap<>(things);
            shared = false;
        }
        return things;
    }

    /** Puts others in the place of things. */
    public void replace(UnaryOperator<Thing> change) {
        for (var entry : List.copyOf(things.entrySet())) {
            put(entry.getKey(), change.apply(entry.getValue()));
        }
    }

    public Optional<Thing> at(int number) {
        return Optional.ofNullable(things.get(number));
    }

    /** The only thing that a value is. */
    public Optional<Thing> of(Value value) {
        return value.onlyThing().flatMap(this::at);
    }

    /** Puts a thing under a number. An equal one takes the place of another, as the ways of what it holds may differ. */
    @SuppressWarnings("ReferenceEquality")
    public void put(int number, Thing thing) {
        if (things.get(number) != thing) {
            mine().put(number, thing);
        }
    }

    /** A new thing; where its maker made one before, both are one from now on. */
    public Value make(int number, Thing thing) {
        var before = things.get(number);
        put(number, before == null ? thing : before.or(thing).asMany());
        return Value.thing(number, thing.type());
    }

    /** Changes whatever things a value may be; where it may be several, each keeps what it had as well. */
    public void change(Value value, UnaryOperator<Thing> change) {
        boolean certain = value.onlyThing().isPresent();
        for (var number : value.things()) {
            var thing = things.get(number);
            if (thing != null) {
                var changed = change.apply(thing);
                put(number, certain ? changed : thing.or(changed));
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
        if (!numbers.containsAll(things.keySet())) {
            mine().keySet().retainAll(numbers);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isSharedWith(Heap other) {
        return things == other.things;
    }

    /** Whichever of both it is. */
    public Heap or(Heap other) {
        var both = copy();
        if (!isSharedWith(other)) {
            other.things.forEach((number, thing) -> {
                var before = things.get(number);
                both.put(number, before == null ? thing : before.or(thing));
            });
        }
        return both;
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
