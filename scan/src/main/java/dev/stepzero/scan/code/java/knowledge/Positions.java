package dev.stepzero.scan.code.java.knowledge;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Some of what a call is given.
 *
 * @param arguments numbers from 0; none for all arguments
 * @param receiver whether the object counts that the method is called on
 */
public record Positions(List<Integer> arguments, boolean receiver, boolean all) {
    public static final Positions ALL = new Positions(List.of(), false, true);

    /** Reads {@code 0}, {@code 1} and {@code this}. @throws IllegalArgumentException if there is anything else */
    static Positions of(List<String> texts) {
        if (texts.isEmpty()) {
            return ALL;
        }
        return new Positions(
                texts.stream()
                        .filter(each -> !each.equals("this"))
                        .map(Integer::valueOf)
                        .toList(),
                texts.contains("this"),
                false);
    }

    /** The numbers of those that a call with so many arguments has. */
    public List<Integer> of(int count) {
        return all
                ? IntStream.range(0, count).boxed().toList()
                : arguments.stream().filter(each -> each < count).toList();
    }
}
