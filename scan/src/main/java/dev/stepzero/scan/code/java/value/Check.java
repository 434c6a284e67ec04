package dev.stepzero.scan.code.java.value;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the outcome of a test tells about other values.
 *
 * @param whenTrue what holds where the test succeeded
 * @param whenFalse what holds where it failed
 */
public record Check(List<Fact> whenTrue, List<Fact> whenFalse) {
    public Check {
        whenTrue = List.copyOf(whenTrue);
        whenFalse = List.copyOf(whenFalse);
    }

    /**
     * Something that holds for a value.
     *
     * @param subject the value's identity
     * @param oneOf what it is one of, where that is known
     * @param harmless whether nothing of outside in it can do harm any more
     * @param absent characters that it has not
     * @param rules those that need not mind it any more
     * @param start what it begins with
     * @param tags what else is to be known of it
     */
    public record Fact(
            int subject,
            Optional<Set<Object>> oneOf,
            boolean harmless,
            Characters absent,
            Set<String> rules,
            String start,
            Set<String> tags) {
        public static Fact oneOf(int subject, Set<Object> constants) {
            return new Fact(subject, Optional.of(constants), true, Characters.NONE, Set.of(), "", Set.of());
        }

        public static Fact harmless(int subject) {
            return new Fact(subject, Optional.empty(), true, Characters.NONE, Set.of(), "", Set.of());
        }

        public static Fact without(int subject, Characters absent) {
            return new Fact(subject, Optional.empty(), false, absent, Set.of(), "", Set.of());
        }

        public static Fact harmlessFor(int subject, Set<String> rules) {
            return new Fact(subject, Optional.empty(), false, Characters.NONE, Set.copyOf(rules), "", Set.of());
        }

        public static Fact beginning(int subject, String start) {
            return new Fact(subject, Optional.empty(), false, Characters.NONE, Set.of(), start, Set.of());
        }

        public static Fact tagged(int subject, String tag) {
            return new Fact(subject, Optional.empty(), false, Characters.NONE, Set.of(), "", Set.of(tag));
        }

        /** The same about another value. */
        public Fact about(int other) {
            return new Fact(other, oneOf, harmless, absent, rules, start, tags);
        }

        public Value applied(Value value) {
            var taint = harmless
                    ? Taint.NONE
                    : absent.equals(Characters.NONE) && rules.isEmpty()
                            ? value.taint()
                            : value.taint().map(flow -> flow.without(absent).cleanedFor(rules));
            var tested = tags.isEmpty() ? value : value.tagged(tags);
            var refined = (start.length() > value.start().length() ? tested.starting(start) : tested).with(taint);
            return oneOf.map(constants -> refined.withConstants(constants)).orElse(refined);
        }
    }
}
