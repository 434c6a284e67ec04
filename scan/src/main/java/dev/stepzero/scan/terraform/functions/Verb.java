package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Value;
import java.math.BigInteger;

/**
 * One {@code %} of a format.
 *
 * @param flags the characters {@code +-# 0} that stand in it
 * @param width below 0 where none is given
 * @param precision below 0 where none is given
 * @param argument which one it shows, from 0
 * @param end where the format goes on
 */
record Verb(String source, String flags, int width, int precision, int argument, char letter, int end) {
    private static final int WIDEST = 10_000;

    static Verb at(String template, int start, int next) {
        int i = start + 1;
        int from = i;
        while (i < template.length() && "+-# 0".indexOf(template.charAt(i)) >= 0) {
            i++;
        }
        var flags = template.substring(from, i);
        from = i;
        i = digits(template, i);
        int width = i > from ? number(template, from, i) : -1;
        int precision = -1;
        if (i < template.length() && template.charAt(i) == '.') {
            from = i + 1;
            i = digits(template, from);
            precision = i > from ? number(template, from, i) : 0;
        }
        int argument = next;
        if (i < template.length() && template.charAt(i) == '[') {
            from = i + 1;
            i = digits(template, from);
            argument = i > from ? number(template, from, i) - 1 : -1;
            if (argument < 0 || i == template.length() || template.charAt(i) != ']') {
                throw new FunctionError("unrecognized format character in an argument's index");
            }
            i++;
        }
        if (i >= template.length()) {
            throw new FunctionError("unterminated verb at the end of the format");
        }
        return new Verb(template.substring(start, i + 1), flags, width, precision, argument, template.charAt(i), i + 1);
    }

    private static int digits(String template, int from) {
        int i = from;
        while (i < template.length() && template.charAt(i) >= '0' && template.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private static int number(String template, int from, int to) {
        if (to - from > 5 || Integer.parseInt(template, from, to, 10) > WIDEST) {
            throw new FunctionError("a width or precision in the format is above %d".formatted(WIDEST));
        }
        return Integer.parseInt(template, from, to, 10);
    }

    /** The text for a value that is known and not null. */
    String apply(Value value) {
        return switch (letter) {
            case 'v' -> anything(value);
            case 't' -> String.valueOf(Conversion.bool(value));
            case 's' -> padded(cut(Conversion.text(value)), flag('0') ? '0' : ' ');
            case 'q' -> padded(JsonText.quoted(cut(Conversion.text(value))), flag('0') ? '0' : ' ');
            case 'd' -> integer(value, 10);
            case 'b' -> integer(value, 2);
            case 'o' -> integer(value, 8);
            case 'x', 'X' -> integer(value, 16);
            case 'e', 'E', 'f', 'g', 'G' -> Floats.format(this, Conversion.number(value));
            default -> throw new FunctionError("unsupported format verb \"%c\" in \"%s\"".formatted(letter, source));
        };
    }

    boolean flag(char flag) {
        return flags.indexOf(flag) >= 0;
    }

    private String anything(Value value) {
        return switch (value) {
            case Value.Text text when !flag('#') -> padded(text.value(), flag('0') ? '0' : ' ');
            case Value.Numeric number
            when !flag('#') -> padded(Floats.shortest(NumberText.checked(number.value()), 'g'), ' ');
            default -> padded(JsonText.of(value), ' ');
        };
    }

    private String cut(String text) {
        return precision < 0 ? text : Graphemes.part(text, 0, precision);
    }

    private String integer(Value value, int base) {
        BigInteger number;
        try {
            number = Conversion.number(value).toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw new FunctionError("unsupported value for \"%s\": an integer is required".formatted(source));
        }
        var digits = number.abs().toString(base);
        digits = letter == 'X' ? Letters.upper(digits) : digits;
        if (precision > digits.length()) {
            digits = "0".repeat(precision - digits.length()) + digits;
        }
        var base16 = letter == 'x' ? "0x" : letter == 'X' ? "0X" : letter == 'o' ? "0" : "0b";
        return signed(number.signum() < 0, flag('#') && base != 10 ? base16 + digits : digits, precision < 0);
    }

    /** The sign in front, and the width filled: with zeros between sign and digits where the flag says so. */
    String signed(boolean negative, String digits, boolean zerosAllowed) {
        var sign = negative ? "-" : flag('+') ? "+" : flag(' ') ? " " : "";
        if (flag('0') && !flag('-') && zerosAllowed && width > sign.length() + digits.length()) {
            return sign + "0".repeat(width - sign.length() - digits.length()) + digits;
        }
        return padded(sign + digits, ' ');
    }

    private String padded(String text, char filler) {
        int missing = width < 0 ? 0 : width - Graphemes.count(text);
        if (missing <= 0) {
            return text;
        }
        return flag('-') ? text + " ".repeat(missing) : String.valueOf(filler).repeat(missing) + text;
    }
}
