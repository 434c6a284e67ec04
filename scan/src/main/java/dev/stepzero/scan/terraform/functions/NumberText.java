package dev.stepzero.scan.terraform.functions;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers as text and back, as Terraform writes and reads them. */
final class NumberText {
    /** Terraform takes any exponent; writing out the zeros of a hostile one would fill the memory. */
    private static final int MOST_DIGITS = 8192;

    private static final int BITS = 512;

    private NumberText() {}

    /** All digits, no exponent: {@code 1e3} is {@code 1000}. */
    static String plain(BigDecimal number) {
        return checked(number).signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** The same number, refused where its digits would not fit on a few pages. */
    static BigDecimal checked(BigDecimal number) {
        if (Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS) {
            throw new FunctionError("the number is too large, or has too many digits");
        }
        return number;
    }

    /** The number that a text spells out; null where it spells none. */
    static @Nullable BigDecimal parse(String text) {
        if (text.isEmpty() || text.length() > MOST_DIGITS) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return null;
            }
        }
        try {
            return checked(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static BigDecimal of(double number, String function) {
        if (!Double.isFinite(number)) {
            throw new FunctionError(function + " has no finite result for these numbers");
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? BigDecimal.valueOf((long) number)
                : new BigDecimal(Double.toString(number));
    }

    /** The nearest number that 512 bits can hold: what Terraform calculates with, and rounds from. */
    static BigDecimal binary(BigDecimal number) {
        if (number.scale() <= 0 || number.signum() == 0) {
            return number;
        }
        var numerator = number.unscaledValue().abs();
        var denominator = BigInteger.TEN.pow(number.scale());
        int shift = BITS + 1 - numerator.bitLength() + denominator.bitLength();
        if (shift <= 0) {
            return number;
        }
        var quotient = numerator.shiftLeft(shift).divide(denominator);
        int excess = quotient.bitLength() - BITS;
        var rounded = quotient.shiftRight(excess);
        if (excess > 0 && quotient.testBit(excess - 1)) {
            rounded = rounded.add(BigInteger.ONE);
        }
        int scale = shift - excess;
        if (scale <= 0) {
            return number;
        }
        var exact = new BigDecimal(rounded.multiply(BigInteger.valueOf(5).pow(scale)), scale);
        return number.signum() < 0 ? exact.negate() : exact;
    }
}
