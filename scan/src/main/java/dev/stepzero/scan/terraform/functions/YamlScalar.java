package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** What a YAML scalar without quotes means; the words are those of YAML 1.1, the numbers nearly those of 1.2. */
final class YamlScalar {
    private static final String CORE = "tag:yaml.org,2002:";

    private YamlScalar() {}

    static Value value(ScalarEvent scalar) {
        var tag = scalar.getTag().orElse(CORE);
        if (!tag.startsWith(CORE)) {
            throw new FunctionError("unsupported tag \"" + tag + "\"");
        }
        var kind = tag.substring(CORE.length());
        if (!scalar.isPlain() || kind.equals("str") || kind.equals("binary")) {
            return Value.of(scalar.getValue());
        }
        var value = plain(scalar.getValue());
        var fits = switch (kind) {
            case "int", "float" -> value instanceof Value.Numeric;
            case "bool" -> value instanceof Value.Bool;
            case "null" -> value instanceof Value.Absent;
            default -> true;
        };
        if (!fits) {
            throw new FunctionError("cannot parse \"%s\" as %s".formatted(scalar.getValue(), kind));
        }
        return value;
    }

    private static Value plain(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> Value.ABSENT;
            case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> Value.TRUE;
            case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" -> Value.FALSE;
            case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF" ->
                throw new FunctionError("an infinite number cannot be used");
            case ".nan", ".NaN", ".NAN" -> throw new FunctionError("floating point NaN is not supported");
            default -> numberOrText(text);
        };
    }

    private static Value numberOrText(String text) {
        char first = text.charAt(0);
        if ((first < '0' || first > '9') && first != '+' && first != '-' && first != '.') {
            return Value.of(text);
        }
        if (text.length() > 2 && text.length() < 1000) {
            if (text.startsWith("0x") && all(text, 2, 16)) {
                return new Value.Numeric(new BigDecimal(new BigInteger(text.substring(2), 16)));
            }
            if (text.startsWith("0o") && all(text, 2, 8)) {
                return new Value.Numeric(new BigDecimal(new BigInteger(text.substring(2), 8)));
            }
        }
        var number = NumberText.parse(text);
        if (number != null) {
            return new Value.Numeric(number);
        }
        return Value.of(YamlTime.normalised(text));
    }

    private static boolean all(String text, int from, int base) {
        for (int i = from; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), base) < 0) {
                return false;
            }
        }
        return true;
    }
}
