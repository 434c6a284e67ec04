package dev.stepzero.scan.code.java.value;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a value: it is one of the constants, one of the things, or, where it may be elsewhere, anything.
 *
 * @param constants numbers as their boxes (truths and characters as integers), texts, {@link TypeName}, {@link Null}
 * @param things numbers of things on the {@link Heap}
 * @param elsewhere whether it may be something that is not known
 * @param taint what of outside is in it
 * @param type the class that it is at least of, as the JVM writes it; empty where that is not known
 * @param tags what rule files say about it, such as that it writes an HTTP response
 * @param start what a text certainly begins with
 * @param id copies of one value share it; 0 for none
 * @param check what its truth tells of others
 */
public record Value(
        Set<Object> constants,
        Set<Integer> things,
        boolean elsewhere,
        Taint taint,
        String type,
        Set<String> tags,
        String start,
        int id,
        Optional<Check> check) {
    /** No value at all. */
    public static final Value NOTHING =
            new Value(Set.of(), Set.of(), false, Taint.NONE, "", Set.of(), "", 0, Optional.empty());

    /** Of which nothing is known. */
    public static final Value UNKNOWN = NOTHING.withElsewhere(true);

    /** The second half of a number that takes two slots. */
    public static final Value TOP = UNKNOWN.typed("#top");

    public static final Value NULL = constant(Null.NULL);

    private static final int MOST_CONSTANTS = 8;
    private static final int MOST_THINGS = 8;

    /** The name of a class as a constant, as the JVM writes it. */
    public record TypeName(String name) {}

    /** A resource of the class path as a constant. */
    public record ResourceName(String name) {}

    public static Value constant(Object constant) {
        return new Value(
                Set.of(constant),
                Set.of(),
                false,
                Taint.NONE,
                constant instanceof String ? "java/lang/String" : "",
                Set.of(),
                constant instanceof String text ? text : "",
                0,
                Optional.empty());
    }

    public static Value of(Taint taint) {
        return UNKNOWN.with(taint);
    }

    public static Value thing(int number, String type) {
        return new Value(Set.of(), Set.of(number), false, Taint.NONE, type, Set.of(), "", 0, Optional.empty());
    }

    /** The only constant that it can be. */
    public Optional<Object> only() {
        return constants.size() == 1 && things.isEmpty() && !elsewhere
                ? Optional.of(constants.iterator().next())
                : Optional.empty();
    }

    /** Whether all that it can be is constants. */
    public boolean isConstant() {
        return !constants.isEmpty() && things.isEmpty() && !elsewhere;
    }

    /** The only thing that it can be, or null, which a use of it is not. */
    public Optional<Integer> onlyThing() {
        boolean others = constants.stream().anyMatch(each -> each != Null.NULL);
        return things.size() == 1 && !elsewhere && !others
                ? Optional.of(things.iterator().next())
                : Optional.empty();
    }

    public boolean isNull() {
        return only().filter(each -> each == Null.NULL).isPresent();
    }

    public boolean isNeverNull() {
        return !elsewhere && !constants.contains(Null.NULL);
    }

    /**
     * Whichever of both it is. What may be anything has no constants any more, so that values only ever become vaguer and
     * a loop comes to an end.
     */
    public Value or(Value other) {
        if (equals(other) || other.equals(NOTHING)) {
            return this;
        }
        if (equals(NOTHING)) {
            return other;
        }
        boolean anything = isAnything() || other.isAnything();
        var constant = anything ? Set.of() : union(constants, other.constants);
        boolean tooMany = constant.size() > MOST_CONSTANTS;
        var all = union(things, other.things);
        boolean cut = all.size() > MOST_THINGS;
        var common = new HashSet<>(tags);
        common.retainAll(other.tags);
        return new Value(
                tooMany ? Set.of() : constant,
                cut ? Set.copyOf(all.stream().sorted().limit(MOST_THINGS).toList()) : all,
                elsewhere || other.elsewhere || tooMany || cut,
                taint.or(other.taint),
                type.equals(other.type) || other.isNull() ? type : isNull() ? other.type : "",
                isNull() ? other.tags : other.isNull() ? tags : common,
                common(start, other.start),
                id == other.id ? id : 0,
                check.equals(other.check) ? check : Optional.empty());
    }

    private boolean isAnything() {
        return elsewhere && constants.isEmpty();
    }

    private static <T> Set<T> union(Set<T> one, Set<T> other) {
        if (one.equals(other) || other.isEmpty()) {
            return one;
        }
        if (one.isEmpty()) {
            return other;
        }
        var all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    private static String common(String one, String other) {
        int end = 0;
        while (end < one.length() && end < other.length() && one.charAt(end) == other.charAt(end)) {
            end++;
        }
        return one.substring(0, end);
    }

    public Value with(Taint other) {
        return other.isNone() && taint.isNone()
                ? this
                : new Value(constants, things, elsewhere, other, type, tags, start, id, check);
    }

    public Value plus(Taint other) {
        return other.isNone() ? this : with(taint.or(other));
    }

    public Value withConstants(Set<Object> all) {
        return new Value(all, Set.of(), false, taint, type, tags, start, id, check);
    }

    public Value withElsewhere(boolean maybe) {
        return new Value(constants, things, maybe, taint, type, tags, start, id, check);
    }

    /** The same where it is known not to be null. */
    public Value notNull() {
        if (!constants.contains(Null.NULL)) {
            return this;
        }
        var rest = new HashSet<>(constants);
        rest.remove(Null.NULL);
        return new Value(rest, things, elsewhere, taint, type, tags, start, id, check);
    }

    public Value withThings(Set<Integer> others) {
        return new Value(constants, others, elsewhere, taint, type, tags, start, id, check);
    }

    public Value typed(String other) {
        return new Value(constants, things, elsewhere, taint, other, tags, start, id, check);
    }

    public Value tagged(Set<String> others) {
        return new Value(constants, things, elsewhere, taint, type, union(tags, others), start, id, check);
    }

    public Value starting(String with) {
        return new Value(constants, things, elsewhere, taint, type, tags, with, id, check);
    }

    public Value identified(int number) {
        return number == id ? this : new Value(constants, things, elsewhere, taint, type, tags, start, number, check);
    }

    public Value checking(Check other) {
        return new Value(constants, things, elsewhere, taint, type, tags, start, id, Optional.of(other));
    }

    /** The same without its constants, so that more values are alike. */
    public Value unspecific() {
        return new Value(Set.of(), things, true, taint, type, tags, "", id, Optional.empty());
    }

    public Value unchecked() {
        return check.isEmpty()
                ? this
                : new Value(constants, things, elsewhere, taint, type, tags, start, id, Optional.empty());
    }
}
