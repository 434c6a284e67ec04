package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Versions as dotted numbers, whatever stands in front of them: {@code 1.2}, {@code TLS1_2}, {@code TLSv1.2_2021}. */
final class Versions {
    private Versions() {}

    static Value older(Value one, Value other) {
        var left = numbers(one);
        var right = numbers(other);
        if (left.isEmpty() || right.isEmpty()) {
            return Value.FALSE;
        }
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            int order = at(left, i).compareTo(at(right, i));
            if (order != 0) {
                return Value.of(order < 0);
            }
        }
        return Value.FALSE;
    }

    private static BigInteger at(List<BigInteger> numbers, int index) {
        return index < numbers.size() ? numbers.get(index) : BigInteger.ZERO;
    }

    private static List<BigInteger> numbers(Value value) {
        var text = Comparison.text(value).orElse("");
        var numbers = new ArrayList<BigInteger>();
        int at = 0;
        while (at < text.length() && !digit(text.charAt(at))) {
            at++;
        }
        while (at < text.length() && numbers.size() < 8) {
            int start = at;
            while (at < text.length() && digit(text.charAt(at))) {
                at++;
            }
            if (start == at) {
                break;
            }
            numbers.add(new BigInteger(text.substring(start, Math.min(at, start + 18))));
            if (at >= text.length() || ".-_".indexOf(text.charAt(at)) < 0) {
                break;
            }
            at++;
        }
        return numbers;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
