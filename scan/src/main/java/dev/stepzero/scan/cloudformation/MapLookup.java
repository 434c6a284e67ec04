package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code Fn::FindInMap}: with a key that is not known, such as the region, what stands under any key is possible. */
final class MapLookup {
    private static final int MOST_ALTERNATIVES = 16;

    private final Value.Mapping mappings;

    MapLookup(Value.Mapping mappings) {
        this.mappings = mappings;
    }

    Value find(Value argument) {
        if (!(argument instanceof Value.Sequence list) || list.items().size() < 3) {
            return Unknown.because("Fn::FindInMap takes a map and two keys");
        }
        var found = List.<Value>of(mappings);
        var reasons = new ArrayList<String>();
        for (var key : list.items().subList(0, 3)) {
            if (key.value() instanceof Unknown unknown) {
                reasons.addAll(unknown.because());
            }
            found = below(found, key.value());
        }
        if (found.size() == 1 && reasons.isEmpty()) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            return list.items().size() > 3 && list.items().get(3).value() instanceof Value.Mapping options
                    ? options.get("DefaultValue")
                    : Unknown.because("Fn::FindInMap finds nothing").present();
        }
        var distinct = new LinkedHashSet<>(found);
        var alternatives = distinct.size() <= MOST_ALTERNATIVES ? List.copyOf(distinct) : List.<Value>of();
        return new Unknown(reasons, true, alternatives, List.of(), null, Set.of());
    }

    private static List<Value> below(List<Value> values, Value key) {
        var name = Texts.of(key);
        var found = new ArrayList<Value>();
        for (var value : values) {
            if (value instanceof Value.Mapping map) {
                if (name.isPresent()) {
                    map.entry(name.get()).ifPresent(entry -> found.add(entry.value()));
                } else {
                    map.entries().values().forEach(entry -> found.add(entry.value()));
                }
            }
        }
        return found;
    }
}
