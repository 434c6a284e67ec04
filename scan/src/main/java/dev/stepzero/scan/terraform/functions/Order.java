package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.Comparator;

/** The orders that Terraform keeps things in. */
final class Order {
    /** By code points, as bytes of UTF-8 sort; Java's own order puts what lies beyond the first plane too early. */
    static final Comparator<String> TEXTS = Order::byCodePoints;

    /** The elements of a set: texts and numbers by their order, false before true; unknown ones stay as they came. */
    static final Comparator<Located> ELEMENTS = (one, other) -> elements(one.value(), other.value());

    private Order() {}

    private static int byCodePoints(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return one.length() - other.length();
    }

    private static int elements(Value one, Value other) {
        return switch (one) {
            case Value.Text(var text) when other instanceof Value.Text(var second) -> byCodePoints(text, second);
            case Value.Numeric(var number) when other instanceof Value.Numeric(var second) -> number.compareTo(second);
            case Value.Bool(var bool) when other instanceof Value.Bool(var second) -> Boolean.compare(bool, second);
            default -> {
                int ranks = Integer.compare(rank(one), rank(other));
                yield ranks != 0 || rank(one) != 1 ? ranks : structures(one, other);
            }
        };
    }

    private static int structures(Value one, Value other) {
        try {
            return byCodePoints(JsonText.of(one), JsonText.of(other));
        } catch (NotKnown e) {
            return 0;
        }
    }

    private static int rank(Value value) {
        return switch (value) {
            case Value.Text text -> 0;
            case Value.Numeric number -> 0;
            case Value.Bool bool -> 0;
            case Value.Sequence list -> 1;
            case Value.Mapping map -> 1;
            case Value.Absent absent -> 2;
            case Unknown unknown -> 2;
        };
    }
}
