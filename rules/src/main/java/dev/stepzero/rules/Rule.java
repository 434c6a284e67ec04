package dev.stepzero.rules;

import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import dev.stepzero.rules.condition.Term;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule, compiled: everything but its examples. {@code docs/rules/language.md} says what each part means.
 *
 * @param looks where it looks, and what is wrong there
 * @param adjustments when it is worse or less bad than its severity says; the first that holds counts
 */
public record Rule(
        String id,
        String title,
        Severity severity,
        Set<Stride> stride,
        List<Integer> cwe,
        String why,
        String fix,
        List<String> controls,
        List<String> aliases,
        List<Look> looks,
        List<Adjustment> adjustments)
        implements RuleHead {
    public Rule {
        stride = Set.copyOf(stride);
        cwe = List.copyOf(cwe);
        controls = List.copyOf(controls);
        aliases = List.copyOf(aliases);
        looks = List.copyOf(looks);
        adjustments = List.copyOf(adjustments);
    }

    /**
     * Some kinds of resource, and the condition under which they are wrong.
     *
     * @param applies which of them it is about; empty: all
     * @param each what it asks of every element of
     * @param at a dotted path from {@code resource} or from the name in {@code each}
     * @param message texts and expressions, one after the other
     */
    public record Look(
            List<String> kinds,
            Optional<Term> applies,
            Optional<Each> each,
            Term fails,
            String at,
            List<Term> message) {
        public Look {
            kinds = List.copyOf(kinds);
            message = List.copyOf(message);
        }

        /** The name that the condition uses for each. */
        public List<String> variables() {
            return each.map(Each::name).stream().toList();
        }
    }

    /** {@code name in list}. */
    public record Each(String name, Term list) {}

    /** Another severity, and why. */
    public record Adjustment(Term condition, Severity severity, String because) {}
}
