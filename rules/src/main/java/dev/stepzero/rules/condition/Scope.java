package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Value;
import org.jspecify.annotations.Nullable;

/** What a condition sees while it is evaluated: the resource, its neighbours, and the variables. */
public final class Scope {
    private final Resource resource;
    private final Neighbours neighbours;
    private final Answered answered;
    private final Value[] variables;

    /** A scope; whoever judges a resource by several conditions gives them the same answers to share. */
    public Scope(Resource resource, Neighbours neighbours, Answered answered, int variables) {
        this.resource = resource;
        this.neighbours = neighbours;
        this.answered = answered;
        this.variables = new Value[variables];
    }

    Resource resource() {
        return resource;
    }

    Neighbours neighbours() {
        return neighbours;
    }

    Answered answered() {
        return answered;
    }

    public void set(int slot, Value value) {
        variables[slot] = value;
    }

    Value get(int slot) {
        @Nullable Value value = variables[slot];
        return value == null ? Value.ABSENT : value;
    }
}
