package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The three answers, and how they combine: Kleene's strong logic. */
public final class Answers {
    private static final int MOST_REASONS = 8;

    private Answers() {}

    /** What a value says as a condition: true, false or an unknown. Null and what is no truth value count as false. */
    public static Value truth(Value value) {
        return switch (value) {
            case Value.Bool bool -> bool;
            case Value.Text text -> Value.of(text.value().equalsIgnoreCase("true"));
            case Unknown unknown -> Alternatives.of(unknown, Answers::truth);
            case Value.Absent absent -> Value.FALSE;
            case Value.Numeric number -> Value.FALSE;
            case Value.Sequence list -> Value.FALSE;
            case Value.Mapping map -> Value.FALSE;
        };
    }

    public static boolean isTrue(Value truth) {
        return truth instanceof Value.Bool bool && bool.value();
    }

    public static boolean isFalse(Value truth) {
        return truth instanceof Value.Bool bool && !bool.value();
    }

    static Value not(Value value) {
        return switch (truth(value)) {
            case Value.Bool bool -> Value.of(!bool.value());
            case Value other -> other;
        };
    }

    /** An unknown for what depends on these values; at least one of them is unknown, be it deep inside. */
    static Value unknown(Value... inputs) {
        var reasons = new LinkedHashSet<String>();
        for (var input : inputs) {
            collect(input, reasons);
        }
        return new Unknown(List.copyOf(reasons), true, List.of(), List.of(), null, Set.of());
    }

    private static void collect(Value value, Set<String> reasons) {
        if (reasons.size() >= MOST_REASONS) {
            return;
        }
        switch (value) {
            case Unknown unknown -> reasons.add(unknown.chain());
            case Value.Sequence list -> list.items().forEach(item -> collect(item.value(), reasons));
            case Value.Mapping map -> map.entries().values().forEach(item -> collect(item.value(), reasons));
            case Value.Absent absent -> {}
            case Value.Bool bool -> {}
            case Value.Numeric number -> {}
            case Value.Text text -> {}
        }
    }
}
