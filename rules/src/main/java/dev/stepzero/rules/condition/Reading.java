package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;

/** Reads parts of values: forgiving where nothing is, and seeing through a block that stands alone. */
public final class Reading {
    private Reading() {}

    /** {@code value.name}; of a list, that of its only element, or the list of all its elements' values. */
    public static Value select(Value value, String name) {
        return switch (value) {
            case Value.Mapping map -> map.get(name);
            case Value.Sequence list -> selectFromAll(list, name);
            case Unknown unknown -> selectUnknown(unknown, name);
            case Value.Absent absent -> Value.ABSENT;
            case Value.Bool bool -> Value.ABSENT;
            case Value.Numeric number -> Value.ABSENT;
            case Value.Text text -> Value.ABSENT;
        };
    }

    private static Value selectFromAll(Value.Sequence list, String name) {
        if (list.items().size() == 1) {
            return select(list.items().getFirst().value(), name);
        }
        var found = new ArrayList<Located>();
        for (var item : list.items()) {
            var value = select(item.value(), name);
            if (value instanceof Value.Sequence more) {
                found.addAll(more.items());
            } else if (!(value instanceof Value.Absent)) {
                found.add(new Located(value, item.position()));
            }
        }
        return found.isEmpty() ? Value.ABSENT : new Value.Sequence(found);
    }

    private static Value selectUnknown(Unknown unknown, String name) {
        return unknown.oneOf().isEmpty()
                ? new Unknown(unknown.because(), false, List.of(), List.of(), null, unknown.references())
                : Alternatives.of(unknown, alternative -> select(alternative, name));
    }

    static Value index(Value value, Value key) {
        if (key instanceof Unknown) {
            return Answers.unknown(value, key);
        }
        if (value instanceof Value.Sequence list && key instanceof Value.Numeric number) {
            int index = number.value().intValue();
            return index >= 0 && index < list.items().size()
                    ? list.items().get(index).value()
                    : Value.ABSENT;
        }
        return key instanceof Value.Text text ? select(value, text.value()) : Value.ABSENT;
    }

    /** The elements of what is repeated: a list's, an object standing alone, or nothing. */
    public static List<Located> elements(Value value) {
        return switch (value) {
            case Value.Sequence list -> list.items();
            case Value.Absent absent -> List.of();
            default -> List.of(Located.nowhere(value));
        };
    }
}
