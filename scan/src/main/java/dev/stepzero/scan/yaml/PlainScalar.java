package dev.stepzero.scan.yaml;

import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.math.BigInteger;

/** What a scalar without quotes or tag is: nothing, a truth value, a number or a text. */
final class PlainScalar {
    /** Longer numbers and exponents are taken as text, so that nobody computes with a billion digits. */
    private static final int LONGEST_NUMBER = 100;

    private static final int LONGEST_EXPONENT = 3;

    /** A longer run of digits with a zero in front is an account number or the like, not a file mode. */
    private static final int LONGEST_OCTAL = 5;

    private PlainScalar() {}

    static Value value(String text, Dialect dialect) {
        if (text.isEmpty()) {
            return Value.ABSENT;
        }
        char first = text.charAt(0);
        if (isDigit(first) || first == '-' || first == '+' || first == '.') {
            return number(text, dialect);
        }
        return text.length() > 5 ? Value.of(text) : word(text, dialect);
    }

    private static Value word(String text, Dialect dialect) {
        return switch (text) {
            case "~", "null", "Null", "NULL" -> Value.ABSENT;
            case "true", "True", "TRUE" -> Value.TRUE;
            case "false", "False", "FALSE" -> Value.FALSE;
            case "yes", "Yes", "YES", "on", "On", "ON" -> dialect == Dialect.YAML_1_1 ? Value.TRUE : Value.of(text);
            case "no", "No", "NO", "off", "Off", "OFF" -> dialect == Dialect.YAML_1_1 ? Value.FALSE : Value.of(text);
            default -> Value.of(text);
        };
    }

    private static Value number(String text, Dialect dialect) {
        if (text.length() > LONGEST_NUMBER) {
            return Value.of(text);
        }
        int start = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        if (text.startsWith("0x", start)) {
            return inBase(text, start, 2, 16);
        }
        if (text.startsWith("0o", start)) {
            return inBase(text, start, 2, 8);
        }
        int digits = text.length() - start;
        if (digits > 1 && text.charAt(start) == '0' && onlyDigits(text, start)) {
            return digits > LONGEST_OCTAL
                    ? Value.of(text)
                    : dialect == Dialect.YAML_1_1 ? inBase(text, start, 1, 8) : decimal(text);
        }
        return decimalForm(text, start) ? decimal(text) : Value.of(text);
    }

    private static Value decimal(String text) {
        return text.length() <= 9 && onlyDigits(text, 0)
                ? Value.of(Long.parseLong(text))
                : new Value.Numeric(new BigDecimal(text));
    }

    private static Value inBase(String text, int start, int mark, int base) {
        var digits = text.substring(start + mark);
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), base) < 0) {
                return Value.of(text);
            }
        }
        if (digits.isEmpty()) {
            return Value.of(text);
        }
        var number = new BigInteger(digits, base);
        return new Value.Numeric(new BigDecimal(text.charAt(0) == '-' ? number.negate() : number));
    }

    /** Digits with at most one point among them, and perhaps an exponent. */
    private static boolean decimalForm(String text, int start) {
        int at = start;
        int digits = 0;
        boolean point = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (isDigit(c)) {
                digits++;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return false;
        }
        boolean hasExponent = at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E');
        return at == text.length() || (hasExponent && exponent(text, at + 1));
    }

    private static boolean exponent(String text, int start) {
        int at = start < text.length() && (text.charAt(start) == '-' || text.charAt(start) == '+') ? start + 1 : start;
        int digits = text.length() - at;
        return digits > 0 && digits <= LONGEST_EXPONENT && onlyDigits(text, at);
    }

    private static boolean onlyDigits(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
