package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Value;
import java.util.regex.Pattern;

/** What becomes of a value of which the type is declared. */
final class Numbered {
    private static final Pattern TIME = Pattern.compile("Ljava/time/[A-Z]\\w+;");

    private Numbered() {}

    /**
     * Text that was made a number or a truth is harmless.
     *
     * @param descriptor the declared type
     */
    static Value asDeclared(Value value, String descriptor) {
        return switch (descriptor.charAt(0)) {
            case 'Z', 'S', 'I', 'J', 'F', 'D' -> value.with(value.taint().asNumber());
            case 'L' ->
                switch (descriptor) {
                    case "Ljava/lang/Integer;",
                            "Ljava/lang/Long;",
                            "Ljava/lang/Boolean;",
                            "Ljava/lang/Double;",
                            "Ljava/lang/Float;",
                            "Ljava/lang/Short;",
                            "Ljava/math/BigInteger;",
                            "Ljava/math/BigDecimal;",
                            "Ljava/util/UUID;",
                            "Ljava/util/Date;" -> value.with(value.taint().asNumber());
                    default ->
                        TIME.matcher(descriptor).matches()
                                ? value.with(value.taint().asNumber())
                                : value;
                };
            default -> value;
        };
    }
}
