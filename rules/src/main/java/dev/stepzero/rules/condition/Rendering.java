package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.stream.Collectors;

/** Values as messages say them. */
public final class Rendering {
    private static final int MOST_ITEMS = 8;
    private static final int MOST_CHARACTERS = 200;

    private Rendering() {}

    /** A short text: lists with commas, nothing as {@code nothing}, what is unknown with its reason. */
    public static String of(Value value) {
        var text = switch (value) {
            case Value.Absent absent -> "nothing";
            case Value.Text known -> known.value();
            case Value.Bool bool -> Boolean.toString(bool.value());
            case Value.Numeric number -> Comparison.written(number.value());
            case Value.Sequence list ->
                list.items().stream()
                                .limit(MOST_ITEMS)
                                .map(item -> of(item.value()))
                                .collect(Collectors.joining(", "))
                        + (list.items().size() > MOST_ITEMS ? ", …" : "");
            case Value.Mapping map ->
                map.entries().entrySet().stream()
                                .limit(MOST_ITEMS)
                                .map(entry -> entry.getKey() + "="
                                        + of(entry.getValue().value()))
                                .collect(Collectors.joining(", ", "{", ""))
                        + (map.entries().size() > MOST_ITEMS ? ", …}" : "}");
            case Unknown unknown -> unknown(unknown);
        };
        return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "…" : text;
    }

    private static String unknown(Unknown unknown) {
        return unknown.parts().isEmpty()
                ? "an unknown value (" + unknown.chain() + ")"
                : unknown.parts().stream()
                        .map(part -> part instanceof Unknown ? "…" : of(part))
                        .collect(Collectors.joining());
    }
}
