package dev.stepzero.scan.code.java.knowledge;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Some of what a call is given.
 *
 * @param arguments numbers from 0; none for all arguments
 * @param receiver whether the object counts that the method is called on
 * @param lambda whether what lambdas give counts that are among the arguments
 */
public record Positions(List<Integer> arguments, boolean receiver, boolean lambda, boolean all) {
    public static final Positions ALL = new Positions(List.of(), false, false, true);

    /**
     * Reads {@code 0}, {@code 1}, {@code this} and {@code lambda}.
     *
     * @throws IllegalArgumentException if there is anything else
     */
    static Positions of(List<String> texts) {
        if (texts.isEmpty()) {
            return ALL;
        }
        return new Positions(
                texts.stream()
                        .filter(each -> !each.equals("this") && !each.equals("lambda"))
                        .map(Integer::valueOf)
                        .toList(),
                texts.contains("this"),
                texts.contains("lambda"),
                false);
    }

    /** The numbers of those that a call with so many arguments has. */
    public List<Integer> of(int count) {
        return all
                ? IntStream.range(0, count).boxed().toList()
                : arguments.stream().filter(each -> each < count).toList();
    }
}
