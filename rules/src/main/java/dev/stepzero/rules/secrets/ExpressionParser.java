package dev.stepzero.rules.secrets;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Reads the subset of regular expressions that rules are written in. */
final class ExpressionParser {
    private static final int BYTES = 256;
    private static final int MOST_TIMES = 5_000;
    private static final int DEEPEST = 30;

    private static final Shape NOTHING = new Shape.Look(new Shape.Sequence(List.of()));

    private final String source;
    private int at;
    private int depth;
    private boolean anyCase;

    ExpressionParser(String source) {
        this.source = source;
    }

    Shape parse() {
        var shape = choice();
        if (at < source.length()) {
            throw wrong("'%s' closes nothing".formatted(source.charAt(at)));
        }
        return shape;
    }

    private Shape choice() {
        if (++depth > DEEPEST) {
            throw wrong("it is nested deeper than " + DEEPEST + " groups");
        }
        var options = new ArrayList<Shape>(List.of(sequence()));
        while (eat('|')) {
            options.add(sequence());
        }
        depth--;
        return options.size() == 1 ? options.getFirst() : new Shape.Choice(options);
    }

    private Shape sequence() {
        var parts = new ArrayList<Shape>();
        while (at < source.length() && source.charAt(at) != '|' && source.charAt(at) != ')') {
            parts.add(repeated(atom()));
        }
        return parts.size() == 1 ? parts.getFirst() : new Shape.Sequence(List.copyOf(parts));
    }

    private Shape repeated(Shape part) {
        int least;
        int most;
        if (eat('?')) {
            least = 0;
            most = 1;
        } else if (eat('{')) {
            least = number();
            most = eat(',') ? number() : least;
            expect('}');
        } else {
            if (at < source.length() && "*+".indexOf(source.charAt(at)) >= 0) {
                throw wrong("'%s' has no end; write a number as in {1,40}".formatted(source.charAt(at)));
            }
            return part;
        }
        if (least > most || most > MOST_TIMES) {
            throw wrong("the numbers {%d,%d} are not in order, or above %d".formatted(least, most, MOST_TIMES));
        }
        boolean kept = eat('+');
        if (!kept) {
            eat('?');
        }
        if (part instanceof Shape.Look) {
            throw wrong("a condition is not repeated");
        }
        return new Shape.Repeat(part, least, most, kept);
    }

    private Shape atom() {
        char first = source.charAt(at++);
        return switch (first) {
            case '(' -> group();
            case '[' -> new Shape.OneOf(set());
            case '.' -> new Shape.OneOf(not(bytes("\n\r\u0085")));
            case '\\' -> escape();
            case '^', '$', '{', '}', ']', '?' -> throw wrong("'%s' is not known here".formatted(first));
            default -> new Shape.OneOf(cased(one(first)));
        };
    }

    private Shape escape() {
        if (at < source.length() && source.charAt(at) == 'b') {
            at++;
            return NOTHING;
        }
        return new Shape.OneOf(escaped());
    }

    private Shape group() {
        boolean outer = anyCase;
        if (take("?i)")) {
            anyCase = true;
            return NOTHING;
        }
        boolean look = take("?!") || take("?=");
        if (!look) {
            if (take("?i:")) {
                anyCase = true;
            } else if (take("?-i:")) {
                anyCase = false;
            } else if (!take("?:") && !take("?<secret>")) {
                throw wrong("a group begins with (?: or (?i: or (?-i: or (?<secret> or (?! or (?=");
            }
        }
        var inner = choice();
        expect(')');
        anyCase = outer;
        return look ? new Shape.Look(inner) : inner;
    }

    private BitSet set() {
        boolean negated = eat('^');
        var bytes = new BitSet(BYTES);
        boolean first = true;
        while (first || peek() != ']') {
            first = false;
            if (peek() == '[' || source.startsWith("&&", at)) {
                throw wrong("a set within a set is not known here");
            }
            var low = member();
            if (peek() == '-' && at + 1 < source.length() && source.charAt(at + 1) != ']') {
                at++;
                var high = member();
                if (low.cardinality() != 1 || high.cardinality() != 1 || low.length() > high.length()) {
                    throw wrong("a range is from one character to a later one");
                }
                bytes.set(low.length() - 1, high.length());
            } else {
                bytes.or(low);
            }
        }
        at++;
        var cased = cased(bytes);
        return negated ? not(cased) : cased;
    }

    private BitSet member() {
        char next = peek();
        at++;
        return next == '\\' ? escaped() : one(next);
    }

    private BitSet escaped() {
        char letter = peek();
        at++;
        return switch (letter) {
            case 'd' -> bytes("0123456789");
            case 'w' -> word();
            case 's' -> bytes(" \t\n\r\f\u000b");
            case 'n' -> one('\n');
            case 'r' -> one('\r');
            case 't' -> one('\t');
            default -> {
                if (Character.isLetterOrDigit(letter)) {
                    throw wrong("'\\%s' is not known here".formatted(letter));
                }
                yield one(letter);
            }
        };
    }

    private static BitSet word() {
        var bytes = bytes("_");
        bytes.set('0', '9' + 1);
        bytes.set('A', 'Z' + 1);
        bytes.set('a', 'z' + 1);
        return bytes;
    }

    private BitSet cased(BitSet bytes) {
        if (!anyCase) {
            return bytes;
        }
        var both = (BitSet) bytes.clone();
        for (int letter = 'a'; letter <= 'z'; letter++) {
            int upper = letter - 'a' + 'A';
            if (bytes.get(letter) || bytes.get(upper)) {
                both.set(letter);
                both.set(upper);
            }
        }
        return both;
    }

    private static BitSet bytes(String characters) {
        var bytes = new BitSet(BYTES);
        characters.chars().forEach(bytes::set);
        return bytes;
    }

    private BitSet one(char character) {
        if (character >= BYTES) {
            throw wrong("'%s' is no byte".formatted(character));
        }
        return bytes(String.valueOf(character));
    }

    private static BitSet not(BitSet bytes) {
        var others = new BitSet(BYTES);
        others.set(0, BYTES);
        others.andNot(bytes);
        return others;
    }

    private int number() {
        int from = at;
        while (at < source.length() && Character.isDigit(source.charAt(at)) && at - from < 5) {
            at++;
        }
        if (from == at) {
            throw wrong("a number of times has two ends, as in {1,40}");
        }
        return Integer.parseInt(source.substring(from, at));
    }

    private char peek() {
        if (at >= source.length()) {
            throw wrong("it ends too early");
        }
        return source.charAt(at);
    }

    private boolean eat(char expected) {
        boolean there = at < source.length() && source.charAt(at) == expected;
        at += there ? 1 : 0;
        return there;
    }

    private boolean take(String expected) {
        boolean there = source.startsWith(expected, at);
        at += there ? expected.length() : 0;
        return there;
    }

    private void expect(char expected) {
        if (!eat(expected)) {
            throw wrong("a '%s' is missing".formatted(expected));
        }
    }

    private MalformedExpression wrong(String what) {
        return new MalformedExpression("'%s': %s, at %d".formatted(source, what, at));
    }
}
