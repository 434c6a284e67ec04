package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;

/** Terraform's conversions between types. An unknown value ends in {@link NotKnown} where its content is needed. */
final class Conversion {
    private Conversion() {}

    static String text(Value value) {
        return switch (value) {
            case Value.Text text -> text.value();
            case Value.Numeric number -> NumberText.plain(number.value());
            case Value.Bool bool -> String.valueOf(bool.value());
            case Unknown unknown -> throw new NotKnown();
            case Value.Absent absent -> throw required("string", value);
            case Value.Sequence list -> throw required("string", value);
            case Value.Mapping map -> throw required("string", value);
        };
    }

    static BigDecimal number(Value value) {
        return switch (value) {
            case Value.Numeric number -> NumberText.checked(number.value());
            case Value.Text text -> {
                var number = NumberText.parse(text.value());
                if (number == null) {
                    throw required("number", value);
                }
                yield number;
            }
            case Unknown unknown -> throw new NotKnown();
            default -> throw required("number", value);
        };
    }

    static boolean bool(Value value) {
        return switch (value) {
            case Value.Bool bool -> bool.value();
            case Value.Text text ->
                switch (text.value()) {
                    case "true", "1" -> true;
                    case "false", "0" -> false;
                    default -> throw required("bool", value);
                };
            case Unknown unknown -> throw new NotKnown();
            default -> throw required("bool", value);
        };
    }

    static String typeName(Value value) {
        return switch (value) {
            case Value.Text text -> "string";
            case Value.Numeric number -> "number";
            case Value.Bool bool -> "bool";
            case Value.Sequence list -> "tuple";
            case Value.Mapping map -> "object";
            case Value.Absent absent -> "null";
            case Unknown unknown -> "unknown";
        };
    }

    private static FunctionError required(String type, Value given) {
        return new FunctionError("a %s is required, not %s".formatted(type, typeName(given)));
    }
}
