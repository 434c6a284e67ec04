package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Functions of numbers. */
final class Numbers {
    private Numbers() {}

    static Value call(Arguments arguments) {
        return switch (arguments.function()) {
            case "abs" -> number(arguments.number(0).abs());
            case "ceil" -> number(arguments.number(0).setScale(0, RoundingMode.CEILING));
            case "floor" -> number(arguments.number(0).setScale(0, RoundingMode.FLOOR));
            case "signum" -> Value.of(arguments.whole(0).signum());
            case "sum" -> sum(arguments);
            case "log" -> log(arguments);
            case "pow" ->
                number(NumberText.of(
                        Math.pow(
                                arguments.number(0).doubleValue(),
                                arguments.number(1).doubleValue()),
                        "pow"));
            case "parseint" -> parsed(arguments);
            case "max" -> extreme(arguments, 1);
            case "min" -> extreme(arguments, -1);
            default -> throw Subject.missing(arguments);
        };
    }

    private static Value number(BigDecimal value) {
        return new Value.Numeric(value);
    }

    private static Value sum(Arguments arguments) {
        var items = arguments.items(0);
        if (items.isEmpty()) {
            throw arguments.wrong(0, "cannot sum an empty list");
        }
        var sum = BigDecimal.ZERO;
        for (var item : items) {
            sum = sum.add(Conversion.number(item.value()));
        }
        return number(sum);
    }

    private static Value log(Arguments arguments) {
        double number = arguments.number(0).doubleValue();
        double base = arguments.number(1).doubleValue();
        return number(NumberText.of(Math.log(number) / Math.log(base), "log"));
    }

    private static Value extreme(Arguments arguments, int direction) {
        var found = arguments.number(0);
        for (int i = 1; i < arguments.count(); i++) {
            var next = arguments.number(i);
            found = next.compareTo(found) * direction > 0 ? next : found;
        }
        return number(found);
    }

    private static Value parsed(Arguments arguments) {
        if (arguments.present(0) instanceof Value.Numeric) {
            throw arguments.wrong(0, "first argument must be a string");
        }
        var text = arguments.text(0);
        int base = arguments.integer(1);
        if (base < 2 || base > 62) {
            throw arguments.wrong(1, "base must be a whole number between 2 and 62 inclusive");
        }
        var digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (digits.isEmpty() || digits.length() > 4096) {
            throw unparsed(arguments, text, base);
        }
        var value = BigInteger.ZERO;
        var factor = BigInteger.valueOf(base);
        for (int i = 0; i < digits.length(); i++) {
            int digit = digit(digits.charAt(i), base);
            if (digit < 0 || digit >= base) {
                throw unparsed(arguments, text, base);
            }
            value = value.multiply(factor).add(BigInteger.valueOf(digit));
        }
        return number(new BigDecimal(text.startsWith("-") ? value.negate() : value));
    }

    /** Up to base 36 the case of letters means nothing; above, capitals come after the small ones. */
    private static int digit(char c, int base) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 10;
        }
        if (c >= 'A' && c <= 'Z') {
            return c - 'A' + (base <= 36 ? 10 : 36);
        }
        return -1;
    }

    private static FunctionError unparsed(Arguments arguments, String text, int base) {
        var shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return arguments.wrong(0, "cannot parse \"%s\" as a base %d integer".formatted(shown, base));
    }
}
