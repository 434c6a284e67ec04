package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.program.Method;
import dev.stepzero.scan.code.java.value.Flow;
import dev.stepzero.scan.code.java.value.Heap;
import dev.stepzero.scan.code.java.value.Label;
import dev.stepzero.scan.code.java.value.Taint;
import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Trail;
import dev.stepzero.scan.code.java.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a method is given, as the method sees it: things, values and labels have numbers of their own, so that callers
 * that give the same share one {@link Summary}.
 */
final class Projection {
    /** The identity of what is given first; the next has the next number. */
    static final int FIRST = 1_000_000;

    private static final int MOST_THINGS = 40;

    private final Heap caller;
    private final Map<Integer, Integer> numbers = new LinkedHashMap<>();
    private final Map<Integer, Integer> back = new HashMap<>();
    private final Map<Integer, Integer> identities = new HashMap<>();
    private final List<Label> labels = new ArrayList<>();
    private final Map<Label, Trail> trails = new HashMap<>();
    private final Map<Label, Integer> labelNumbers = new HashMap<>();
    private final List<Value> given = new ArrayList<>();
    private final Map<Integer, Thing> things = new HashMap<>();
    private final boolean flat;

    /** What tells one use of a method from another; its hash, which is asked for often, is worked out once. */
    record Key(int hash, Method method, List<Value> given, Map<Integer, Thing> things) {
        @Override
        public int hashCode() {
            return hash;
        }
    }

    /**
     * What is given.
     *
     * @param slots what is given, with two slots for long numbers
     */
    Projection(List<Value> slots, Heap caller, boolean vague) {
        this.caller = caller;
        flat = vague || caller.reachable(slots).size() > MOST_THINGS;
        var first = new HashMap<Integer, Integer>();
        for (int i = 0; i < slots.size(); i++) {
            int id = slots.get(i).id();
            int number = FIRST + i;
            int own = id == 0 ? number : first.computeIfAbsent(id, each -> number);
            identities.put(own, id);
            var value = vague ? slots.get(i).unspecific() : slots.get(i);
            given.add(seen(value).identified(own));
        }
        for (int i = 1; i <= numbers.size(); i++) {
            // Numbers grow while what is in things is looked at.
            int own = -i;
            var thing = caller.at(back.getOrDefault(own, 0));
            if (thing.isPresent()) {
                things.put(own, seen(thing.get()));
            }
        }
    }

    private Thing seen(Thing thing) {
        var parts = new LinkedHashMap<Object, Value>();
        var entries = new ArrayList<>(thing.parts().entrySet());
        if (entries.size() > 1) {
            entries.sort(Comparator.comparing(entry -> String.valueOf(entry.getKey())));
        }
        entries.forEach(
                entry -> parts.put(entry.getKey(), seen(entry.getValue()).identified(0)));
        return new Thing(
                thing.shape(),
                thing.type(),
                thing.many(),
                parts,
                seen(thing.rest()).identified(0),
                thing.size(),
                thing.target());
    }

    private Value seen(Value value) {
        var taint = flat ? caller.deep(value) : value.taint();
        var plain = value.unchecked().with(taint.isNone() ? taint : seen(taint));
        if (value.things().isEmpty()) {
            return plain;
        }
        if (flat) {
            return plain.withThings(java.util.Set.of()).withElsewhere(true);
        }
        var own = new java.util.TreeSet<Integer>();
        value.things().stream().sorted().forEach(number -> own.add(number(number)));
        return plain.withThings(own);
    }

    private int number(int callers) {
        return numbers.computeIfAbsent(callers, each -> {
            int number = -1 - numbers.size();
            back.put(number, each);
            return number;
        });
    }

    private Taint seen(Taint taint) {
        var all = new LinkedHashMap<Label, Flow>();
        taint.flows().forEach((label, flow) -> {
            var number = labelNumbers.computeIfAbsent(label, each -> {
                labels.add(each);
                return labels.size() - 1;
            });
            trails.putIfAbsent(label, flow.trail());
            all.put(label.given(number), flow.on(Trail.EMPTY));
        });
        return new Taint(all);
    }

    List<Value> given() {
        return given;
    }

    Heap heap() {
        return new Heap(things);
    }

    Key key(Method method) {
        var seen = Map.copyOf(things);
        return new Key(Objects.hash(method, given, seen), method, List.copyOf(given), seen);
    }

    /** The caller's number of a thing; empty for one that the method made. */
    Optional<Integer> callers(int number) {
        return Optional.ofNullable(back.get(number));
    }

    /** The caller's things that the method sees. */
    Iterable<Integer> callers() {
        return numbers.keySet();
    }

    /** The caller's identity of a value; 0 where it is none of those that were given. */
    int identity(int id) {
        return identities.getOrDefault(id, 0);
    }

    /** The caller's label. */
    Label label(Label own) {
        return own.isGiven() ? labels.get(own.parameter()) : own;
    }

    /** The way of what was given under a label of the method's own. */
    Trail trail(Label callers, Label own) {
        return own.isGiven() ? trails.getOrDefault(callers, Trail.EMPTY) : Trail.EMPTY;
    }

    /** With the caller's labels. */
    Taint original(Taint taint) {
        var all = new LinkedHashMap<Label, Flow>();
        taint.flows().forEach((own, flow) -> {
            var label = label(own);
            all.putIfAbsent(label, flow.on(trail(label, own).then(flow.trail())));
        });
        return new Taint(all);
    }

    /** The way to the call, and then on. */
    Trail trail(Label own, dev.stepzero.scan.code.java.value.Step call, Trail inside) {
        return own.isGiven()
                ? trails.getOrDefault(label(own), Trail.EMPTY).then(call).then(inside)
                : inside.then(call);
    }
}
