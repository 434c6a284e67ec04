package dev.stepzero.scan.yaml;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The entries of an object while it is read: the last of several equal keys holds, and merged ones give way to all. */
final class Entries {
    private final Map<String, Located> entries = new LinkedHashMap<>();
    private final List<Value.Mapping> merged = new ArrayList<>();
    private final List<Document.Duplicate> duplicates;

    Entries(List<Document.Duplicate> duplicates) {
        this.duplicates = duplicates;
    }

    void put(String key, Value value, Position position) {
        if (entries.put(key, new Located(value, position)) != null) {
            duplicates.add(new Document.Duplicate(key, position));
        }
    }

    /** What stands under a merge key: an object, or a list of them of which the first holds. */
    void merge(Value value) {
        switch (value) {
            case Value.Mapping map -> merged.add(map);
            case Value.Sequence list ->
                list.items().forEach(item -> {
                    if (item.value() instanceof Value.Mapping map) {
                        merged.add(map);
                    }
                });
            default -> {}
        }
    }

    Value.Mapping mapping() {
        for (var map : merged) {
            map.entries().forEach(entries::putIfAbsent);
        }
        return entries.isEmpty() ? Value.Mapping.EMPTY : new Value.Mapping(entries);
    }
}
