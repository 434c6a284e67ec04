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
     */
    public record Fact(
            int subject, Optional<Set<Object>> oneOf, boolean harmless, Characters absent, Set<String> rules) {
        public static Fact oneOf(int subject, Set<Object> constants) {
            return new Fact(subject, Optional.of(constants), true, Characters.NONE, Set.of());
        }

        public static Fact harmless(int subject) {
            return new Fact(subject, Optional.empty(), true, Characters.NONE, Set.of());
        }

        public static Fact without(int subject, Characters absent) {
            return new Fact(subject, Optional.empty(), false, absent, Set.of());
        }

        public static Fact harmlessFor(int subject, Set<String> rules) {
            return new Fact(subject, Optional.empty(), false, Characters.NONE, Set.copyOf(rules));
        }

        /** The same about another value. */
        public Fact about(int other) {
            return new Fact(other, oneOf, harmless, absent, rules);
        }

        public Value applied(Value value) {
            var taint = harmless
                    ? Taint.NONE
                    : absent.equals(Characters.NONE) && rules.isEmpty()
                            ? value.taint()
                            : value.taint().map(flow -> flow.without(absent).cleanedFor(rules));
            var refined = value.with(taint);
            return oneOf.map(constants -> refined.withConstants(constants)).orElse(refined);
        }
    }
}
