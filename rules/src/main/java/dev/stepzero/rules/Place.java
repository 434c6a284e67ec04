package dev.stepzero.rules;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;

/** The place that a finding points at, and the value that stands there. */
record Place(Position position, Value value) {
    /** Follows a dotted path as far as it leads; what is missing is pointed at where it should be. */
    static Place find(Located start, String path, Position otherwise) {
        var at = start;
        var position = start.position().exists() ? start.position() : otherwise;
        for (var name : path.isEmpty() ? new String[0] : path.split("\\.")) {
            var value = at.value() instanceof Value.Sequence list && !list.isEmpty()
                    ? list.items().getFirst().value()
                    : at.value();
            if (at.value() instanceof Value.Sequence list && !list.isEmpty()) {
                position = better(list.items().getFirst().position(), position);
            }
            if (!(value instanceof Value.Mapping map) || map.entry(name).isEmpty()) {
                return new Place(position, Value.ABSENT);
            }
            at = map.entry(name).orElseThrow();
            position = better(at.position(), position);
        }
        return new Place(position, at.value());
    }

    private static Position better(Position position, Position otherwise) {
        return position.exists() ? position : otherwise;
    }
}
