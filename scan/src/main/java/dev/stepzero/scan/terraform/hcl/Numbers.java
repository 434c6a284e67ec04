package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;

/** Reads numbers. */
final class Numbers {
    /** What fits a long in any case. */
    private static final int SHORT = 18;

    private static final int MOST_DIGITS = 1000;

    private Numbers() {}

    static Expression read(Scanner scanner) {
        int start = scanner.at;
        digits(scanner);
        boolean whole = true;
        if (scanner.here() == '.' && Characters.isDigit(scanner.next())) {
            scanner.at++;
            digits(scanner);
            whole = false;
        }
        int mantissa = scanner.at;
        if (exponent(scanner)) {
            whole = false;
        }
        if (Characters.inName(scanner.text, scanner.at, scanner.end) && scanner.here() != '-') {
            throw scanner.unexpected("the end of a number");
        }
        int length = scanner.at - start;
        if (whole && length <= SHORT) {
            return new Expression.Literal(Value.of(small(scanner.text, start, scanner.at)), scanner.from(start));
        }
        // Terraform computes with 512 bits; an exponent without limit would let a short text fill the memory.
        if (length > MOST_DIGITS || scanner.at - mantissa > 6) {
            throw new Mistake("The number is too large", start);
        }
        var number = new BigDecimal(scanner.text, start, length);
        return new Expression.Literal(new Value.Numeric(number), scanner.from(start));
    }

    private static void digits(Scanner scanner) {
        while (Characters.isDigit(scanner.here())) {
            scanner.at++;
        }
    }

    private static boolean exponent(Scanner scanner) {
        if (scanner.here() != 'e' && scanner.here() != 'E') {
            return false;
        }
        char sign = scanner.next();
        int first = scanner.at + (sign == '+' || sign == '-' ? 2 : 1);
        if (first >= scanner.end || !Characters.isDigit(scanner.text[first])) {
            return false;
        }
        scanner.at = first;
        digits(scanner);
        return true;
    }

    private static long small(char[] text, int start, int end) {
        long number = 0;
        for (int i = start; i < end; i++) {
            number = number * 10 + (text[i] - '0');
        }
        return number;
    }
}
