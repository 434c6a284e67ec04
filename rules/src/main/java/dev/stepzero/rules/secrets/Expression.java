package dev.stepzero.rules.secrets;

import java.util.BitSet;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What a credential looks like: a subset of Java's regular expressions over bytes, in which nothing repeats without end
 * and the number of ways to try one text is bounded, so that no text can make a matcher slow. What is not in the subset is
 * refused: {@code *}, {@code +}, {@code {n,}}, back references and looking behind.
 */
public final class Expression {
    /** More ways to try one text are refused. */
    static final long MOST_WAYS = 10_000;

    /** Longer texts are no credentials; the engine looks this far at most. */
    static final int LONGEST = 6_000;

    private final String source;
    private final Shape shape;

    private Expression(String source, Shape shape) {
        this.source = source;
        this.shape = shape;
    }

    /** Reads an expression. @throws MalformedExpression if it is none, or may take too long on some text */
    public static Expression parse(String source) {
        var shape = new ExpressionParser(source).parse();
        if (shape.longest() > LONGEST) {
            throw new MalformedExpression("it may take %d bytes, more than %d".formatted(shape.longest(), LONGEST));
        }
        if (shape.ways(MOST_WAYS + 1) > MOST_WAYS) {
            throw new MalformedExpression(
                    "a text may be tried in more than %d ways; let what repeats keep what it took, as in [a-z]{3,50}+"
                            .formatted(MOST_WAYS));
        }
        // What this reads otherwise than Java does would be a fault of ours; a group's name twice is the author's.
        Pattern.compile(source);
        return new Expression(source, shape);
    }

    public String source() {
        return source;
    }

    /** For a matcher that reads each byte as one character. */
    public Pattern pattern() {
        return Pattern.compile(source);
    }

    public int longest() {
        return shape.longest();
    }

    public int shortest() {
        return shape.shortest();
    }

    /** The bytes of an expression that is a set with a number, such as {@code [a-z0-9]{0,40}}. */
    public Optional<BitSet> repeatedSet() {
        return switch (shape) {
            case Shape.Repeat repeat
            when repeat.part() instanceof Shape.OneOf set ->
                Optional.of((BitSet) set.bytes().clone());
            case Shape.OneOf set -> Optional.of((BitSet) set.bytes().clone());
            default -> Optional.empty();
        };
    }

    /** A text of this shape, made up. */
    public String specimen(RandomGenerator random) {
        var text = new StringBuilder();
        make(shape, random, text);
        return text.toString();
    }

    private static void make(Shape shape, RandomGenerator random, StringBuilder text) {
        switch (shape) {
            case Shape.OneOf one -> text.append(pick(one.bytes(), random));
            case Shape.Sequence sequence -> sequence.parts().forEach(part -> make(part, random, text));
            case Shape.Choice choice ->
                make(choice.options().get(random.nextInt(choice.options().size())), random, text);
            case Shape.Repeat repeat -> {
                int spare = Math.min(8, repeat.most() - repeat.least());
                for (int left = repeat.least() + random.nextInt(spare + 1); left > 0; left--) {
                    make(repeat.part(), random, text);
                }
            }
            case Shape.Look _ -> {}
        }
    }

    /** Letters and digits before all else, for a set may hold quotes and blanks as well. */
    private static char pick(BitSet bytes, RandomGenerator random) {
        var plain = new BitSet();
        plain.set('0', '9' + 1);
        plain.set('A', 'Z' + 1);
        plain.set('a', 'z' + 1);
        plain.and(bytes);
        var from = plain.isEmpty() ? bytes : plain;
        int at = random.nextInt(from.cardinality());
        int one = from.nextSetBit(0);
        while (at-- > 0) {
            one = from.nextSetBit(one + 1);
        }
        return (char) one;
    }

    @Override
    public String toString() {
        return source;
    }
}
