package dev.stepzero.scan.code.java.knowledge;

import dev.stepzero.scan.code.java.value.Characters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What rule files say about a call. */
public record Facts(
        List<Source> sources,
        List<Sink> sinks,
        List<Cleaner> cleaners,
        List<Pass> passes,
        List<Tag> tags,
        List<Beginning> beginnings,
        List<ValueCheck> values,
        List<Setting> settings) {
    public static final Facts NONE =
            new Facts(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    /**
     * What is called brings something in.
     *
     * @param kind {@code input}, or what some rules ask for
     * @param text whether it is harmless once it is a number
     * @param what the words for it
     * @param into the argument that it goes to; empty where it is the result
     * @param absent characters that it never has
     */
    public record Source(
            CallPattern call, String kind, boolean text, String what, Optional<Positions> into, Characters absent) {}

    /**
     * What is called does harm with some of what it is given.
     *
     * @param on the tag that the object must have; empty for any
     * @param types the simple names of the parameters' types that count; none for all
     * @param where what the first argument must be, a constant; empty where that does not matter
     * @param starts how a text must begin to do harm; what follows is what the rule's safe start is about
     * @param unless settings of an object that take the danger away, as {@link Setting#required}
     */
    public record Sink(
            CallPattern call,
            String rule,
            Positions at,
            String on,
            Set<String> types,
            Optional<Pattern> where,
            String starts,
            List<Map<String, String>> unless) {}

    /**
     * What is called makes something harmless.
     *
     * @param rules for which rules; none for all
     * @param absent what its result has not
     * @param tests whether it only says whether its argument is harmless
     */
    public record Cleaner(CallPattern call, Set<String> rules, Characters absent, boolean tests, Positions at) {
        public boolean forAll() {
            return rules.isEmpty() && absent.equals(Characters.NONE);
        }
    }

    /** The result, or what is called on, has what some positions have, and nothing else. */
    public record Pass(CallPattern call, Positions from, String to) {}

    /**
     * The result is something that other facts ask for.
     *
     * @param from the positions that must have the tag for the result to have it; empty where it comes to be here
     * @param unless the tag that the object must not have; empty for none
     * @param where what the first argument must be, a constant; then it is the object that gets the tag, or the result
     *     where there is none
     */
    public record Tag(CallPattern call, String tag, Optional<Positions> from, String unless, Optional<Pattern> where) {}

    /**
     * What is called must not be given certain constants, or no constant at all.
     *
     * @param wrong what the constant's text must not be; empty where no constant is right
     */
    public record ValueCheck(CallPattern call, String rule, Positions at, Optional<Pattern> wrong, String message) {}

    /**
     * What is called needs an object that was set up.
     *
     * @param required one of these settings, by the calls that make them, with what they must have been given
     * @param unless the tag of an argument that needs no such object; empty for none
     */
    public record Setting(
            CallPattern call,
            String rule,
            Positions at,
            List<Map<String, String>> required,
            boolean known,
            String message,
            String unless) {}
}
