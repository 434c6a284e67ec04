package dev.stepzero.scan.terraform.functions;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** The verbs that show fractions and exponents. */
final class Floats {
    private Floats() {}

    static String format(Verb verb, BigDecimal number) {
        var magnitude = number.abs();
        var digits = switch (verb.letter()) {
            case 'f' -> fixed(magnitude, verb.precision() < 0 ? 6 : verb.precision());
            case 'e', 'E' -> exponential(magnitude, verb.precision() < 0 ? 6 : verb.precision(), 'e');
            default -> verb.precision() < 0 ? shortest(magnitude, 'g') : general(magnitude, verb.precision());
        };
        var cased = Character.isUpperCase(verb.letter()) ? digits.toUpperCase(Locale.ROOT) : digits;
        return verb.signed(number.signum() < 0, cased, true);
    }

    private static String fixed(BigDecimal number, int places) {
        return rounded(number, places).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** Terraform rounds the binary number, which lies a little beside the decimal one. */
    private static BigDecimal rounded(BigDecimal number, int places) {
        return places >= number.scale() ? number : NumberText.binary(number);
    }

    private static String exponential(BigDecimal number, int places, char letter) {
        if (number.signum() == 0) {
            return "0" + (places > 0 ? "." + "0".repeat(places) : "") + letter + "+00";
        }
        var exact = places + 1 >= number.precision() ? number : NumberText.binary(number);
        var shown = exact.round(new MathContext(places + 1, RoundingMode.HALF_EVEN));
        var digits = shown.unscaledValue().toString();
        int exponent = digits.length() - 1 - shown.scale();
        digits = digits.length() > places + 1
                ? digits.substring(0, places + 1)
                : digits + "0".repeat(places + 1 - digits.length());
        return mantissa(digits) + letter + exponent(exponent);
    }

    /** As few digits as tell the number from all others; an exponent below 1e-4 and from 1e+21 on. */
    static String shortest(BigDecimal number, char letter) {
        return general(number.stripTrailingZeros(), -1);
    }

    private static String general(BigDecimal number, int precision) {
        if (number.signum() == 0) {
            return "0";
        }
        int most = precision < 0 ? 6 : Math.max(1, precision);
        var shown = precision < 0 || most >= number.precision()
                ? number
                : NumberText.binary(number).round(new MathContext(most, RoundingMode.HALF_EVEN));
        shown = shown.stripTrailingZeros();
        var digits = shown.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shown.scale();
        int limit =
                precision >= 0 && most > digits.length() && digits.length() >= exponent + 1 ? digits.length() : most;
        if (exponent < -4 || exponent >= limit) {
            return (shown.signum() < 0 ? "-" : "") + mantissa(digits) + 'e' + exponent(exponent);
        }
        return shown.toPlainString();
    }

    private static String mantissa(String digits) {
        return digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    }

    private static String exponent(int exponent) {
        var digits = String.valueOf(Math.abs(exponent));
        return (exponent < 0 ? "-" : "+") + (digits.length() < 2 ? "0" + digits : digits);
    }
}
