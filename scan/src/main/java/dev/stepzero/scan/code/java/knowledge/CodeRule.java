package dev.stepzero.scan.code.java.knowledge;

import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import dev.stepzero.rules.RuleHead;
import dev.stepzero.scan.code.java.value.Characters;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule about Java code.
 *
 * @param from the kinds of what must not get where it does harm
 * @param needs sets of characters: an attack needs all of at least one set
 * @param safeStart what a text may safely begin with, whatever follows
 * @param clearedBy tests of a value that take the danger out of it, as {@link #TESTS}
 * @param names the names of fields and of methods: what such a field keeps, or such a method gives back, does harm
 * @param weaker what makes a failure matter less
 * @param bodies methods that must not be written so
 * @param bad examples that it finds
 * @param good examples that it does not find
 */
public record CodeRule(
        String id,
        String title,
        Severity severity,
        Set<Stride> stride,
        List<Integer> cwe,
        String why,
        String fix,
        String message,
        List<String> controls,
        List<String> aliases,
        Set<String> from,
        List<Characters> needs,
        Optional<java.util.regex.Pattern> safeStart,
        Set<String> clearedBy,
        Optional<java.util.regex.Pattern> names,
        Optional<Weaker> weaker,
        List<Body> bodies,
        List<String> bad,
        List<String> good)
        implements RuleHead {
    /** The test of an address's host: that it is one of a list, or ends with a domain. */
    public static final String HOST = "host";

    static final Set<String> TESTS = Set.of(HOST);

    /**
     * A method that must not be written so.
     *
     * @param type the type that it is of
     * @param wrong what is wrong: that it always gives {@code true}, or {@code never-throws}
     */
    public record Body(String type, String method, String wrong) {}

    /**
     * What makes a failure matter less without mending it.
     *
     * @param escaped characters that are doubled, or behind a backslash, in what gets there
     * @param message in the place of the rule's
     */
    public record Weaker(Characters escaped, Severity severity, String message) {
        /** Whether that was done with something. */
        public boolean isDoneWith(Characters others) {
            return escaped.common(others).equals(escaped);
        }
    }

    private static final Characters WORDS =
            Characters.NONE.with('0', '9').with('a', 'z').with('A', 'Z').with('_');

    /** Whether an attack is possible with what is left; with words alone none is. */
    public boolean isPossible(Characters absent) {
        return needs.isEmpty()
                ? !absent.and(WORDS).equals(Characters.ALL)
                : needs.stream().anyMatch(each -> !each.hasAny(absent));
    }
}
