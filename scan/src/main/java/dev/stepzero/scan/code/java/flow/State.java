package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Check.Fact;
import dev.stepzero.scan.code.java.value.Heap;
import dev.stepzero.scan.code.java.value.Taint;
import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is known at a point of a method: of its variables, its stack, and the things that exist. */
final class State {
    private static final int MANY_THINGS = 48;

    private final Value[] variables;
    /** What the method was given, whatever its variables hold now. */
    private final Value[] given;

    private final List<Value> stack;
    private Heap heap;

    private State(Value[] variables, Value[] given, List<Value> stack, Heap heap) {
        this.variables = variables;
        this.given = given;
        this.stack = stack;
        this.heap = heap;
    }

    /**
     * Where a method begins.
     *
     * @param given with two slots for long numbers
     */
    static State begin(List<Value> given, int slots, Heap heap) {
        var variables = new Value[Math.max(slots, given.size())];
        Arrays.fill(variables, Value.NOTHING);
        for (int i = 0; i < given.size(); i++) {
            variables[i] = given.get(i);
        }
        return new State(variables, given.toArray(Value[]::new), new ArrayList<>(), heap);
    }

    State copy() {
        return new State(variables.clone(), given.clone(), new ArrayList<>(stack), heap.copy());
    }

    /** Takes over all that another knows, of the same point. */
    void become(State other) {
        System.arraycopy(other.variables, 0, variables, 0, variables.length);
        System.arraycopy(other.given, 0, given, 0, given.length);
        stack.clear();
        stack.addAll(other.stack);
        heap = other.heap;
    }

    /** Where an exception is caught. */
    State caught(Value exception) {
        return new State(variables.clone(), given.clone(), new ArrayList<>(List.of(exception)), heap.copy());
    }

    /** Without variables and stack, which nobody sees once a method has returned. */
    State bare() {
        return new State(new Value[0], given.clone(), new ArrayList<>(), heap.copy());
    }

    Heap heap() {
        return heap;
    }

    void heap(Heap other) {
        heap = other;
    }

    Value variable(int slot) {
        return variables[slot];
    }

    void variable(int slot, Value value) {
        variables[slot] = value;
    }

    List<Value> given() {
        return List.of(given);
    }

    void push(Value value) {
        stack.add(value);
    }

    /** @throws IllegalArgumentException if there is none: the class is broken */
    Value pop() {
        if (stack.isEmpty()) {
            throw new IllegalArgumentException("the stack is empty");
        }
        return stack.removeLast();
    }

    /** A value of the stack, the last being number 0. */
    Value peek(int depth) {
        if (depth >= stack.size()) {
            throw new IllegalArgumentException("the stack is empty");
        }
        return stack.get(stack.size() - 1 - depth);
    }

    /** Puts a copy of the last ones further down. */
    void duplicate(int count, int below) {
        var copies = new ArrayList<Value>();
        for (int i = count - 1; i >= 0; i--) {
            copies.add(peek(i));
        }
        if (stack.size() < count + below) {
            throw new IllegalArgumentException("the stack is too small");
        }
        stack.addAll(stack.size() - count - below, copies);
    }

    /** Changes all copies of a value. */
    void refine(int id, UnaryOperator<Value> change) {
        if (id == 0) {
            return;
        }
        UnaryOperator<Value> each = value -> value.id() == id ? change.apply(value) : value;
        for (int i = 0; i < variables.length; i++) {
            variables[i] = each.apply(variables[i]);
        }
        for (int i = 0; i < given.length; i++) {
            given[i] = each.apply(given[i]);
        }
        stack.replaceAll(each);
        heap.replace(thing -> holds(thing, id) ? thing.map(each) : thing);
    }

    private static boolean holds(Thing thing, int id) {
        if (thing.rest().id() == id) {
            return true;
        }
        for (var part : thing.parts().values()) {
            if (part.id() == id) {
                return true;
            }
        }
        return false;
    }

    void learn(Collection<Fact> facts) {
        for (var fact : facts) {
            refine(fact.subject(), fact::applied);
            if (fact.harmless()) {
                clean(fact.subject());
            }
        }
    }

    /** What an object of a library holds is harmless with it. */
    private void clean(int id) {
        for (var value : values()) {
            if (value.id() == id) {
                heap.change(value, thing -> thing.parts().isEmpty() ? thing.map(each -> each.with(Taint.NONE)) : thing);
            }
        }
    }

    /** Copies of a value that was made here before are none of the one that is made now. */
    void forget(int id) {
        refine(id, value -> value.identified(0));
    }

    /** Whichever of both it is. @throws IllegalArgumentException if they do not fit: the class is broken */
    State or(State other) {
        if (stack.size() != other.stack.size()) {
            throw new IllegalArgumentException("two ways lead here with different stacks");
        }
        var both = new Value[variables.length];
        for (int i = 0; i < both.length; i++) {
            // What one way has not set yet is out of scope.
            both[i] = variables[i].or(other.variables[i]);
        }
        var back = new Value[given.length];
        for (int i = 0; i < back.length; i++) {
            back[i] = given[i].or(other.given[i]);
        }
        var joined = new ArrayList<Value>(stack.size());
        for (int i = 0; i < stack.size(); i++) {
            joined.add(stack.get(i).or(other.stack.get(i)));
        }
        return new State(both, back, joined, heap.or(other.heap)).tidy();
    }

    private State tidy() {
        if (heap.things().size() > MANY_THINGS) {
            heap.keep(heap.reachable(values()));
        }
        return this;
    }

    private Collection<Value> values() {
        var all = new ArrayList<Value>(stack);
        all.addAll(Arrays.asList(variables));
        all.addAll(Arrays.asList(given));
        return all;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof State state
                && Arrays.equals(variables, state.variables)
                && Arrays.equals(given, state.given)
                && stack.equals(state.stack)
                && heap.equals(state.heap);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(variables);
    }
}
