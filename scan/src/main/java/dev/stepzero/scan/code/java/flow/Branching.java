package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Characters;
import dev.stepzero.scan.code.java.value.Null;
import dev.stepzero.scan.code.java.value.Value;
import java.lang.classfile.Opcode;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Which ways a branch may take, and what is known on each. */
final class Branching {
    private final Opcode opcode;
    private final Value one;
    private final Value other;

    /**
     * A branch.
     *
     * @param other the second value, or the constant that the first is compared to
     */
    private Branching(Opcode opcode, Value one, Value other) {
        this.opcode = opcode;
        this.one = one;
        this.other = other;
    }

    /** Takes what the branch compares off the stack. */
    static Branching of(Opcode opcode, State state) {
        return switch (opcode) {
            case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPGE, IF_ICMPGT, IF_ICMPLE, IF_ACMPEQ, IF_ACMPNE -> {
                var second = state.pop();
                yield new Branching(opcode, state.pop(), second);
            }
            case IFNULL, IFNONNULL -> new Branching(opcode, state.pop(), Value.NULL);
            default -> new Branching(opcode, state.pop(), Value.constant(0));
        };
    }

    /** The state in which the branch is taken, or not; empty where that cannot be. */
    Optional<State> when(boolean taken, State state) {
        if (!mayBe(taken)) {
            return Optional.empty();
        }
        var then = state.copy();
        switch (opcode) {
            case IFNULL -> nullness(taken, then);
            case IFNONNULL -> nullness(!taken, then);
            case IFEQ -> truth(!taken, then);
            case IFNE -> truth(taken, then);
            case IF_ICMPEQ, IF_ACMPEQ -> equality(taken, then);
            case IF_ICMPNE, IF_ACMPNE -> equality(!taken, then);
            default -> {}
        }
        if (opcode.name().startsWith("IF_ICMP")) {
            comparison(taken, then);
        }
        return Optional.of(then);
    }

    /** A character of a text that is compared to a constant is none of those for which the outcome would be another. */
    private void comparison(boolean taken, State state) {
        boolean first =
                other.only().isPresent() && one.id() != 0 && !one.taint().isNone();
        boolean second =
                one.only().isPresent() && other.id() != 0 && !other.taint().isNone();
        if ((!first && !second) || !areComparable((first ? other : one).only().orElseThrow(), 0)) {
            return;
        }
        var absent = Characters.NONE;
        for (char c = 0; c < 128; c++) {
            boolean holds = first
                    ? holds((int) c, other.only().orElseThrow())
                    : holds(one.only().orElseThrow(), (int) c);
            absent = holds == taken ? absent : absent.with(c);
        }
        var gone = absent;
        state.refine(
                (first ? one : other).id(),
                value -> value.with(value.taint().map((label, flow) -> label.text() ? flow.without(gone) : flow)));
    }

    private void nullness(boolean isNull, State state) {
        state.refine(
                one.id(),
                value -> isNull
                        ? value.withConstants(Set.of(Null.NULL)).with(dev.stepzero.scan.code.java.value.Taint.NONE)
                        : value.notNull());
    }

    private void truth(boolean truth, State state) {
        one.check().ifPresent(check -> state.learn(truth ? check.whenTrue() : check.whenFalse()));
        if (one.isConstant()) {
            keep(0, !truth, state);
        } else if (!truth) {
            state.refine(one.id(), value -> value.withConstants(Set.of(0)));
        }
    }

    private void equality(boolean equal, State state) {
        other.only().ifPresent(constant -> {
            if (one.isConstant()) {
                keep(constant, equal, state);
            } else if (equal && constant != Null.NULL) {
                state.refine(one.id(), value -> value.withConstants(Set.of(constant)));
            }
        });
    }

    private void keep(Object constant, boolean equal, State state) {
        var kept = new HashSet<>(one.constants());
        kept.removeIf(each -> each.equals(constant) != equal);
        if (!kept.isEmpty() && kept.size() < one.constants().size()) {
            state.refine(one.id(), value -> value.withConstants(kept));
        }
    }

    private boolean mayBe(boolean taken) {
        if (opcode == Opcode.IFNULL || opcode == Opcode.IFNONNULL) {
            boolean whenNull = (opcode == Opcode.IFNULL) == taken;
            return whenNull ? !one.isNeverNull() : !one.isNull();
        }
        if (!one.isConstant() || !other.isConstant()) {
            return true;
        }
        for (var a : one.constants()) {
            for (var b : other.constants()) {
                if (!areComparable(a, b)) {
                    return true;
                }
                // Equal texts may be one object or two.
                boolean either = a instanceof String && opcode.name().startsWith("IF_ACMP") && a.equals(b);
                if (either || holds(a, b) == taken) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A constant that came out of an untyped collection may be of another kind than the branch takes it for. */
    private boolean areComparable(Object a, Object b) {
        return opcode.name().startsWith("IF_ACMP") || (a instanceof Integer && b instanceof Integer);
    }

    private boolean holds(Object a, Object b) {
        return switch (opcode) {
            case IF_ACMPEQ -> Objects.equals(a, b);
            case IF_ACMPNE -> !Objects.equals(a, b);
            case IFEQ, IF_ICMPEQ -> number(a) == number(b);
            case IFNE, IF_ICMPNE -> number(a) != number(b);
            case IFLT, IF_ICMPLT -> number(a) < number(b);
            case IFGE, IF_ICMPGE -> number(a) >= number(b);
            case IFGT, IF_ICMPGT -> number(a) > number(b);
            case IFLE, IF_ICMPLE -> number(a) <= number(b);
            default -> true;
        };
    }

    /** @throws IllegalArgumentException if it is none: the class is broken */
    private static int number(Object constant) {
        if (constant instanceof Integer number) {
            return number;
        }
        throw new IllegalArgumentException("a branch compares what is no number");
    }
}
