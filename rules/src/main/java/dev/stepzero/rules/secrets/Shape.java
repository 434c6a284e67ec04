package dev.stepzero.rules.secrets;

import java.util.BitSet;
import java.util.List;

/** The parts of an expression. Every repetition has an end, so every shape has a longest text. */
sealed interface Shape {

    /** One byte out of a set. */
    record OneOf(BitSet bytes) implements Shape {}

    /** Several, one after another. */
    record Sequence(List<Shape> parts) implements Shape {}

    /** One of several. */
    record Choice(List<Shape> options) implements Shape {}

    /**
     * The same several times.
     *
     * @param kept whether what was taken is never given back, so that nothing is tried twice
     */
    record Repeat(Shape part, int least, int most, boolean kept) implements Shape {}

    /** A condition on what stands around, such as what must not follow; takes nothing. */
    record Look(Shape condition) implements Shape {}

    /** How many bytes the longest text has. */
    default int longest() {
        return switch (this) {
            case OneOf _ -> 1;
            case Sequence sequence ->
                sequence.parts().stream().mapToInt(Shape::longest).sum();
            case Choice choice ->
                choice.options().stream().mapToInt(Shape::longest).max().orElse(0);
            case Repeat repeat -> Math.multiplyExact(repeat.part().longest(), repeat.most());
            case Look _ -> 0;
        };
    }

    /** How many bytes the shortest text has. */
    default int shortest() {
        return switch (this) {
            case OneOf _ -> 1;
            case Sequence sequence ->
                sequence.parts().stream().mapToInt(Shape::shortest).sum();
            case Choice choice ->
                choice.options().stream().mapToInt(Shape::shortest).min().orElse(0);
            case Repeat repeat -> repeat.part().shortest() * repeat.least();
            case Look _ -> 0;
        };
    }

    /**
     * In how many ways a matcher that gives back what it took may try one text before it says no: a bound from above, for
     * any text whatever. Saturates at {@code most}.
     */
    default long ways(long most) {
        long ways = switch (this) {
            case OneOf _ -> 1;
            case Look look -> look.condition().ways(most);
            case Sequence sequence -> {
                long product = 1;
                for (var part : sequence.parts()) {
                    product = Math.min(most, product * part.ways(most));
                }
                yield product;
            }
            case Choice choice ->
                choice.options().stream().mapToLong(option -> option.ways(most)).sum();
            case Repeat repeat -> repeated(repeat, most);
        };
        return Math.min(most, ways);
    }

    private static long repeated(Repeat repeat, long most) {
        long each = repeat.part().ways(most);
        if (repeat.kept() && each == 1) {
            return 1;
        }
        long all = 0;
        long power = 1;
        for (int count = 0; count <= repeat.most() && all < most; count++) {
            all += count >= repeat.least() ? power : 0;
            power = Math.min(most, power * each);
        }
        return Math.min(most, all);
    }
}
