package dev.stepzero.invoicer.invoice;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads single JSON values within their limits. Nothing is converted: a number in quotes is not a number. */
final class Value {
    private static final int LONGEST_WHOLE = 19;

    private Value() {}

    static void expect(JsonParser json, JsonToken wanted, String name, String kind) {
        if (json.currentToken() != wanted) {
            throw new Malformed(name + " must be " + kind);
        }
    }

    static boolean truth(JsonParser json, String name) {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new Malformed(name + " must be true or false");
        };
    }

    static long wholeAmount(JsonParser json, String name, long largest) {
        expect(json, JsonToken.VALUE_NUMBER_INT, name, "a whole number");
        var digits = json.getString();
        var amount = digits.length() > LONGEST_WHOLE ? BigDecimal.TEN.pow(LONGEST_WHOLE) : new BigDecimal(digits);
        if (digits.startsWith("-") && amount.signum() != 0) {
            throw new Malformed(name + " must not be negative");
        }
        if (amount.compareTo(BigDecimal.valueOf(largest)) > 0) {
            throw new Malformed(name + " must not be larger than " + largest);
        }
        return amount.longValueExact();
    }

    static BigDecimal amount(JsonParser json, String name, int precision, int scale) {
        if (!json.currentToken().isNumeric()) {
            throw new Malformed(name + " must be a number");
        }
        var amount = decimal(json, name);
        if (amount.signum() < 0) {
            throw new Malformed(name + " must not be negative");
        }
        if (amount.signum() == 0) {
            return BigDecimal.ZERO;
        }
        var plain = amount.stripTrailingZeros();
        if (plain.scale() > scale) {
            throw new Malformed(name + " must not have more than " + scale + " decimals");
        }
        // Before the decimal point: long arithmetic, as the exponent may be near the end of int.
        if ((long) plain.precision() - plain.scale() > precision - scale) {
            throw new Malformed(name + " must not have more than " + (precision - scale) + " digits before the point");
        }
        return plain;
    }

    private static BigDecimal decimal(JsonParser json, String name) {
        try {
            return new BigDecimal(json.getString());
        } catch (NumberFormatException e) {
            throw new Malformed(name + " has an exponent that is too large");
        }
    }

    static Instant date(JsonParser json, String name) {
        expect(json, JsonToken.VALUE_STRING, name, "a date like 2016-05-07T23:00:00Z");
        try {
            return Dates.parse(json.getString());
        } catch (DateTimeException e) {
            throw new Malformed(name + " must be a date like 2016-05-07T23:00:00Z, of the years 1 to 9999");
        }
    }

    static String text(JsonParser json, String name, int longest) {
        expect(json, JsonToken.VALUE_STRING, name, "text");
        var text = json.getString();
        if (text.length() > longest) {
            throw new Malformed(name + " must not be longer than " + longest + " characters");
        }
        if (text.codePoints().anyMatch(Value::unprintable)) {
            throw new Malformed(name + " has control characters or half a character in it");
        }
        return text;
    }

    /** Control characters but tab and line breaks, and surrogates without their other half. */
    private static boolean unprintable(int codePoint) {
        return Character.isISOControl(codePoint) && "\t\n\r".indexOf(codePoint) < 0
                || Character.getType(codePoint) == Character.SURROGATE;
    }
}
