package dev.stepzero.core;

import java.util.Comparator;
import java.util.Optional;

/**
 * What sets a finding before or behind others of its severity. It never removes a finding and never changes what a gate
 * makes of it. What attackers are known to use comes first; then what the program may get to, before what it is known
 * not to get to; then what is likelier to be exploited. The most urgent is the least.
 *
 * @param exploited whether attackers use it (CISA KEV)
 * @param probability how likely it is exploited within 30 days (EPSS), from 0 to 1
 * @param reach whether the program gets there; empty where the question makes no sense
 */
public record Priority(boolean exploited, Optional<Double> probability, Optional<Reach> reach)
        implements Comparable<Priority> {
    /** Of a finding that nothing sets apart. */
    public static final Priority USUAL = new Priority(false, Optional.empty(), Optional.empty());

    private static final Comparator<Priority> MOST_URGENT_FIRST = Comparator.comparing(
                    Priority::exploited, Comparator.reverseOrder())
            .thenComparing(Priority::unreachable)
            .thenComparing(each -> each.probability.orElse(0.0), Comparator.reverseOrder());

    /** Whether the program is known not to get there. */
    public boolean unreachable() {
        return reach.filter(each -> each.answer() == Reach.Answer.UNREACHABLE).isPresent();
    }

    @Override
    public int compareTo(Priority other) {
        return MOST_URGENT_FIRST.compare(this, other);
    }
}
