package dev.stepzero.scan.compose;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Set;

/** One service on top of another, as Compose merges files: objects entry by entry, lists one after the other. */
final class Overlay {
    private static final Set<String> REPLACED = Set.of("command", "entrypoint", "test");

    private Overlay() {}

    /** What both set is taken from the upper; the place is the upper's. */
    static Located of(Located lower, Located upper) {
        return new Located(value("", lower.value(), upper.value()), upper.position());
    }

    private static Value value(String name, Value lower, Value upper) {
        return switch (upper) {
            case Value.Mapping over when lower instanceof Value.Mapping under -> mapping(under, over);
            case Value.Sequence over
            when lower instanceof Value.Sequence under && !REPLACED.contains(name) -> {
                var items = new ArrayList<>(under.items());
                items.addAll(over.items());
                yield new Value.Sequence(items);
            }
            default -> upper;
        };
    }

    private static Value.Mapping mapping(Value.Mapping lower, Value.Mapping upper) {
        var merged = new LinkedHashMap<>(lower.entries());
        upper.entries().forEach((name, over) -> {
            var under = lower.entries().get(name);
            merged.put(
                    name,
                    under == null ? over : new Located(value(name, under.value(), over.value()), over.position()));
        });
        return new Value.Mapping(merged);
    }
}
