package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Characters;
import java.util.Optional;

/**
 * Which of ASCII's characters a text may have that a regular expression matches as a whole. Only expressions are read
 * that a person would: sequences and choices of characters and classes, with quantifiers and plain groups.
 */
final class Expressions {
    private static final Characters DIGITS = Characters.NONE.with('0', '9');
    private static final Characters WORD = DIGITS.with('a', 'z').with('A', 'Z').with('_');
    private static final Characters SPACE = Characters.of(" \t\n\u000B\f\r");

    private final String expression;
    private int at;

    private Expressions(String expression) {
        this.expression = expression;
    }

    /** The characters; empty where the expression is beyond us. */
    static Optional<Characters> characters(String expression) {
        return new Expressions(expression).sequence();
    }

    /** The characters that an expression of one class alone, such as {@code [\r\n]+}, matches. */
    static Optional<Characters> single(String expression) {
        var text = expression.replaceFirst("(?<=.)[+*]$", "");
        var reading = new Expressions(text);
        var one = reading.one();
        return reading.at == text.length() && !text.isEmpty() ? one : Optional.empty();
    }

    private Optional<Characters> sequence() {
        var all = Characters.NONE;
        while (at < expression.length()) {
            char c = expression.charAt(at);
            if (c == '^' || c == '$' || c == '|' || c == '?' || c == '+' || c == '*' || c == ')') {
                at++;
            } else if (c == '(') {
                at++;
                if (expression.startsWith("?", at)) {
                    if (!expression.startsWith("?:", at)) {
                        return Optional.empty();
                    }
                    at += 2;
                }
            } else if (c == '{') {
                int end = expression.indexOf('}', at);
                if (end < 0) {
                    return Optional.empty();
                }
                at = end + 1;
            } else {
                var one = one();
                if (one.isEmpty()) {
                    return Optional.empty();
                }
                all = all.and(one.get());
            }
        }
        return Optional.of(all);
    }

    private Optional<Characters> one() {
        if (at >= expression.length()) {
            return Optional.empty();
        }
        char c = expression.charAt(at++);
        return switch (c) {
            case '[' -> set();
            case '\\' -> escaped();
            case '.' -> Optional.of(Characters.of("\n\r").others());
            default -> Optional.of(Characters.NONE.with(c));
        };
    }

    private Optional<Characters> escaped() {
        if (at >= expression.length()) {
            return Optional.empty();
        }
        char c = expression.charAt(at++);
        return switch (c) {
            case 'd' -> Optional.of(DIGITS);
            case 'D' -> Optional.of(DIGITS.others());
            case 'w' -> Optional.of(WORD);
            case 'W' -> Optional.of(WORD.others());
            case 's' -> Optional.of(SPACE);
            case 'S' -> Optional.of(SPACE.others());
            case 'n' -> Optional.of(Characters.NONE.with('\n'));
            case 'r' -> Optional.of(Characters.NONE.with('\r'));
            case 't' -> Optional.of(Characters.NONE.with('\t'));
            default -> Character.isLetterOrDigit(c) ? Optional.empty() : Optional.of(Characters.NONE.with(c));
        };
    }

    private Optional<Characters> set() {
        boolean others = expression.startsWith("^", at);
        at += others ? 1 : 0;
        var all = Characters.NONE;
        while (at < expression.length() && expression.charAt(at) != ']') {
            char c = expression.charAt(at);
            if (c == '[' || c == '&') {
                return Optional.empty();
            }
            if (at + 2 < expression.length()
                    && expression.charAt(at + 1) == '-'
                    && expression.charAt(at + 2) != ']'
                    && c != '\\') {
                char to = expression.charAt(at + 2);
                if (to == '\\') {
                    return Optional.empty();
                }
                all = all.with(c, to);
                at += 3;
                continue;
            }
            at++;
            var one = c == '\\' ? escaped() : Optional.of(Characters.NONE.with(c));
            if (one.isEmpty()) {
                return Optional.empty();
            }
            all = all.and(one.get());
        }
        if (at >= expression.length()) {
            return Optional.empty();
        }
        at++;
        return Optional.of(others ? all.others() : all);
    }
}
