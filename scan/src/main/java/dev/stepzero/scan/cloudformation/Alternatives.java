package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Values of which only the alternatives are known, as {@code Fn::If} gives them. */
final class Alternatives {
    private Alternatives() {}

    /** Changes a known value, or each of the alternatives. */
    static Value each(Value value, UnaryOperator<Value> change) {
        if (!(value instanceof Unknown unknown)) {
            return change.apply(value);
        }
        if (unknown.oneOf().isEmpty()) {
            return value;
        }
        var changed = new LinkedHashSet<Value>();
        for (var each : unknown.oneOf()) {
            changed.add(each(each, change));
        }
        return new Unknown(
                unknown.because(),
                unknown.notNull(),
                List.copyOf(changed),
                unknown.parts(),
                unknown.encoded().orElse(null),
                unknown.references());
    }

    /** Joins what alternatives set: an attribute that only one of them sets may be absent. */
    static Map<String, Located> joined(String reason, List<Map<String, Located>> alternatives) {
        var joined = new LinkedHashMap<String, Located>();
        for (var alternative : alternatives) {
            alternative.keySet().forEach(name -> joined.computeIfAbsent(name, key -> join(reason, key, alternatives)));
        }
        return joined;
    }

    private static Located join(String reason, String name, List<Map<String, Located>> alternatives) {
        Located joined = null;
        for (var alternative : alternatives) {
            var entry = alternative.get(name);
            var value = entry == null ? Value.ABSENT : entry.value();
            if (joined == null) {
                joined = entry == null ? Located.nowhere(value) : entry;
            } else {
                var position = joined.position().exists() || entry == null ? joined.position() : entry.position();
                joined = new Located(Unknown.either(reason, joined.value(), value), position);
            }
        }
        return joined == null ? Located.nowhere(Value.ABSENT) : joined;
    }
}
