package dev.stepzero.ship.engine;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the steps of a run have given so far; safe for use by several threads. */
final class Values {
    private final JsonMapper json;
    private final Map<Slot<?>, Object> given = new ConcurrentHashMap<>();

    Values(JsonMapper json) {
        this.json = json;
    }

    <T> Optional<T> find(Slot<T> slot) {
        return Optional.ofNullable(given.get(slot)).map(slot.type()::cast);
    }

    void putAll(Map<Slot<?>, Object> values) {
        given.putAll(values);
    }

    /** Reads back what a step gave in an earlier process; false when it cannot be read any more. */
    boolean restore(Step step, String text) {
        var object = json.readTree(text);
        var restored = new TreeMap<String, Object>();
        for (var slot : step.gives()) {
            var value = value(object.get(slot.name()), slot);
            if (value.isEmpty()) {
                return false;
            }
            restored.put(slot.name(), value.get());
        }
        step.gives().forEach(slot -> given.put(slot, restored.get(slot.name())));
        return true;
    }

    void forget(Set<Slot<?>> slots) {
        slots.forEach(given::remove);
    }

    String write(Map<Slot<?>, Object> values) {
        var object = new TreeMap<String, Object>();
        values.forEach((slot, value) -> object.put(slot.name(), value));
        return json.writeValueAsString(object);
    }

    private Optional<Object> value(JsonNode node, Slot<?> slot) {
        if (node == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(json.treeToValue(node, slot.type()));
        } catch (tools.jackson.core.JacksonException e) {
            // A newer version may describe the value differently: the step simply runs again.
            return Optional.empty();
        }
    }
}
