package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;

/** Maps as lists, and lists of lists as one. */
final class Collections {
    private Collections() {}

    static Value keys(Value value) {
        return value instanceof Value.Mapping map
                ? Value.listOf(map.entries().keySet().stream().map(Value::of).toList())
                : Value.Sequence.EMPTY;
    }

    static Value values(Value value) {
        return value instanceof Value.Mapping map
                ? new Value.Sequence(List.copyOf(map.entries().values()))
                : new Value.Sequence(Reading.elements(value));
    }

    static Value flatten(Value value) {
        var all = new ArrayList<Located>();
        for (var item : Reading.elements(value)) {
            if (item.value() instanceof Value.Sequence list) {
                all.addAll(list.items());
            } else if (!(item.value() instanceof Value.Absent)) {
                all.add(item);
            }
        }
        return new Value.Sequence(all);
    }
}
