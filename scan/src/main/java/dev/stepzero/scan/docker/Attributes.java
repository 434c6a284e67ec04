package dev.stepzero.scan.docker;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts an object together. What is absent is left out. */
final class Attributes {
    private final Map<String, Located> entries = new LinkedHashMap<>();
    private final Position position;

    /** @param position where what is put in stands unless it is said */
    Attributes(Position position) {
        this.position = position;
    }

    Attributes put(String name, Located value) {
        if (!(value.value() instanceof Value.Absent)) {
            entries.put(name, value);
        }
        return this;
    }

    Attributes put(String name, Value value) {
        return put(name, new Located(value, position));
    }

    Attributes put(String name, String value) {
        return put(name, Value.of(value));
    }

    Attributes put(String name, boolean value) {
        return put(name, Value.of(value));
    }

    Attributes put(String name, long value) {
        return put(name, Value.of(value));
    }

    Attributes put(String name, Optional<String> value) {
        value.ifPresent(text -> put(name, text));
        return this;
    }

    Attributes texts(String name, List<String> values) {
        return put(name, texts(values));
    }

    Attributes list(String name, List<Located> items) {
        return put(name, new Value.Sequence(items));
    }

    Attributes object(String name, Map<String, Located> values) {
        return put(name, new Value.Mapping(new LinkedHashMap<>(values)));
    }

    Value.Sequence texts(List<String> values) {
        var items = new ArrayList<Located>(values.size());
        for (var value : values) {
            items.add(new Located(Value.of(value), position));
        }
        return new Value.Sequence(items);
    }

    Value.Mapping build() {
        return new Value.Mapping(entries);
    }

    Located located() {
        return new Located(build(), position);
    }
}
