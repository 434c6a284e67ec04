package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Value;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What a condition sees while it is evaluated: the resource, its neighbours, the day, and the variables. */
public final class Scope {
    private final Resource resource;
    private final Neighbours neighbours;
    private final LocalDate today;
    private final Value[] variables;

    public Scope(Resource resource, Neighbours neighbours, LocalDate today, int variables) {
        this.resource = resource;
        this.neighbours = neighbours;
        this.today = today;
        this.variables = new Value[variables];
    }

    Resource resource() {
        return resource;
    }

    Neighbours neighbours() {
        return neighbours;
    }

    LocalDate today() {
        return today;
    }

    public void set(int slot, Value value) {
        variables[slot] = value;
    }

    Value get(int slot) {
        @Nullable Value value = variables[slot];
        return value == null ? Value.ABSENT : value;
    }
}
