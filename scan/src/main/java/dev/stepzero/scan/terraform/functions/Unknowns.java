package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Joins what is known of several values that are unknown, wholly or in parts. */
final class Unknowns {
    /** A value can be shared so that it is far larger than the text that made it: the walk ends here. */
    private static final int MOST_VISITS = 20_000;

    private static final int MOST_REASONS = 16;

    private final Set<String> reasons = new LinkedHashSet<>();
    private final Set<Reference> references = new LinkedHashSet<>();
    private int visits;

    private Unknowns() {}

    static Unknown joined(List<Value> values) {
        var all = new Unknowns();
        values.forEach(all::add);
        if (all.reasons.isEmpty()) {
            all.reasons.add("a value that is known after apply");
        }
        return new Unknown(List.copyOf(all.reasons), false, List.of(), List.of(), null, all.references);
    }

    private void add(Value value) {
        if (++visits > MOST_VISITS) {
            return;
        }
        switch (value) {
            case Unknown unknown -> {
                for (var reason : unknown.because()) {
                    if (reasons.size() < MOST_REASONS) {
                        reasons.add(reason);
                    }
                }
                references.addAll(unknown.references());
            }
            case Value.Sequence list -> list.items().forEach(item -> add(item.value()));
            case Value.Mapping map -> map.entries().values().forEach(item -> add(item.value()));
            case Value.Absent absent -> {}
            case Value.Bool bool -> {}
            case Value.Numeric number -> {}
            case Value.Text text -> {}
        }
    }
}
