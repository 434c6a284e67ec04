package dev.stepzero.scan.code.pattern.rule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Code that is looked for, as text with holes.
 *
 * @param match of which one must be there
 * @param unless none of which may match the same code
 * @param inside one of which must match something around it, where there are any
 * @param outside none of which may match anything around it
 * @param where what must hold of the holes, by their names without {@code $}
 */
public record Clause(
        List<String> match,
        List<String> unless,
        List<String> inside,
        List<String> outside,
        Map<String, Condition> where) {
    public Clause {
        match = List.copyOf(match);
        unless = List.copyOf(unless);
        inside = List.copyOf(inside);
        outside = List.copyOf(outside);
        where = Map.copyOf(where);
    }

    /**
     * What must hold of what a hole stands for.
     *
     * @param text found in its constant text, or in the code itself where that is no constant
     * @param not not found there
     * @param constant whether it is to be a constant
     * @param type found in its declared type
     * @param below a number is to be less than this
     * @param above a number is to be more than this
     */
    public record Condition(
            Optional<Pattern> text,
            Optional<Pattern> not,
            Optional<Boolean> constant,
            Optional<Pattern> type,
            OptionalDouble below,
            OptionalDouble above) {}
}
