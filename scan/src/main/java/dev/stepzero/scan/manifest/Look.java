package dev.stepzero.scan.manifest;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.util.List;
import java.util.Optional;

/**
 * Looks into values whose shape nobody has checked: what is not of the shape asked for reads as nothing, since the
 * format's own tools refuse it anyway.
 */
public final class Look {
    private Look() {}

    /** The object, or one without entries. */
    public static Value.Mapping mapping(Value value) {
        return value instanceof Value.Mapping mapping ? mapping : Value.Mapping.EMPTY;
    }

    /** The object under a name, or one without entries. */
    public static Value.Mapping mapping(Value.Mapping from, String name) {
        return mapping(from.get(name));
    }

    /** The list's items; none for what is no list. */
    public static List<Located> items(Value value) {
        return value instanceof Value.Sequence list ? list.items() : List.of();
    }

    /** A scalar as it was written, numbers and truth values too. */
    public static Optional<String> text(Value value) {
        return switch (value) {
            case Value.Text text -> Optional.of(text.value());
            case Value.Numeric number -> Optional.of(number.value().toPlainString());
            case Value.Bool bool -> Optional.of(String.valueOf(bool.value()));
            default -> Optional.empty();
        };
    }

    /** A scalar under a name as it was written. */
    public static Optional<String> text(Value.Mapping from, String name) {
        return text(from.get(name));
    }
}
