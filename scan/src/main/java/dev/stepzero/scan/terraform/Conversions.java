package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** Terraform's automatic conversions between texts, numbers and truth values. */
final class Conversions {
    /** Terraform computes with 512 bits. */
    static final MathContext PRECISION = new MathContext(154);

    /** Numbers of more digits are written by nobody but those who want to fill the memory. */
    private static final int MOST_DIGITS = 1_000;

    private static final MathContext SHOWN = new MathContext(150);

    private Conversions() {}

    /** The value as text; empty where it has none, such as a list. Not for unknown values. */
    static Optional<String> text(Value value) {
        return switch (value) {
            case Value.Text text -> Optional.of(text.value());
            case Value.Bool bool -> Optional.of(bool.value() ? "true" : "false");
            case Value.Numeric number ->
                reasonable(number.value()) ? Optional.of(digits(number.value())) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static String digits(BigDecimal number) {
        var rounded = number.precision() > SHOWN.getPrecision() ? number.round(SHOWN) : number;
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    static Optional<BigDecimal> number(Value value) {
        return switch (value) {
            case Value.Numeric number when reasonable(number.value()) -> Optional.of(number.value());
            case Value.Text text -> parse(text.value());
            default -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> parse(String text) {
        if (text.isEmpty() || text.length() > MOST_DIGITS) {
            return Optional.empty();
        }
        char first = text.charAt(0);
        if (first != '-' && first != '+' && first != '.' && (first < '0' || first > '9')) {
            return Optional.empty();
        }
        try {
            var number = new BigDecimal(text);
            return reasonable(number) ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private static boolean reasonable(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MOST_DIGITS && number.precision() <= MOST_DIGITS;
    }

    static Optional<Boolean> truth(Value value) {
        return switch (value) {
            case Value.Bool bool -> Optional.of(bool.value());
            case Value.Text(var text) when text.equals("true") || text.equals("1") -> Optional.of(true);
            case Value.Text(var text) when text.equals("false") || text.equals("0") -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
