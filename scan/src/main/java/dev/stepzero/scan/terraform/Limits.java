package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.tree.Intake;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the evaluation of one root module may cost, so that hostile configuration ends in a problem and not in a hang. For
 * one thread.
 */
final class Limits {
    /** The stack of the evaluating threads ({@link RootEvaluations}) is made for this depth. */
    private static final int DEEPEST = 8_000;

    private static final long OWN_STEPS = 50_000;
    private static final long OWN_PARTS = 5_000;

    /** The shared allowance is asked for so much at once. */
    private static final int SHARE = 4_096;

    /** A value of more parts than this is no configuration. */
    private static final int MOST_PARTS = 300_000;

    private static final int DEEPEST_VALUE = 150;
    private static final int MOST_CHARACTERS = 4 << 20;

    private final Set<Intake.Problem> problems = new LinkedHashSet<>();
    private final Allowance allowance;
    private int depth;
    private long steps;
    private long parts;
    private boolean exhausted;

    /**
     * @param allowance what others draw on too
     * @param characters the size of what is evaluated: so much of its own it has, however much others take
     */
    Limits(Allowance allowance, long characters) {
        this.allowance = allowance;
        this.steps = OWN_STEPS + characters * 50;
        this.parts = OWN_PARTS + characters * 2;
    }

    void problem(String message, Position position) {
        problems.add(new Intake.Problem(message, position));
    }

    Set<Intake.Problem> problems() {
        return problems;
    }

    /** One level deeper; false where that is too deep, or too much was done already. */
    boolean enter(Position position) {
        if (depth >= DEEPEST) {
            problem(
                    "this is nested too deeply, or refers to values through too many others: it is taken as unknown",
                    position);
            return false;
        }
        if (!spend(1, position)) {
            return false;
        }
        depth++;
        return true;
    }

    void leave() {
        depth--;
    }

    /** Notes work of that many steps; false where there was too much of it. */
    boolean spend(long more, Position position) {
        steps -= more;
        if (steps < 0 && !exhausted) {
            long share = SHARE - steps;
            exhausted = !allowance.step(share);
            steps += share;
            giveUp(position);
        }
        return !exhausted;
    }

    /** Notes that so many parts of values are there for good; false where there are too many. */
    boolean hold(long more, Position position) {
        parts -= more;
        if (parts < 0 && !exhausted) {
            long share = SHARE - parts;
            exhausted = !allowance.hold(share);
            parts += share;
            giveUp(position);
        }
        return !exhausted;
    }

    private void giveUp(Position position) {
        if (exhausted) {
            problem("the configuration expands to too much: what is left from here on is taken as unknown", position);
        }
    }

    /** The value itself, unless it grew beyond what can be configuration. */
    Value sized(Value value, Position position) {
        boolean fits = switch (value) {
            case Value.Text(var text) -> text.length() <= MOST_CHARACTERS && hold(text.length() >> 6, position);
            case Value.Sequence list ->
                list.items().size() <= MOST_PARTS && hold(list.items().size(), position);
            case Value.Mapping map ->
                map.entries().size() <= MOST_PARTS && hold(map.entries().size(), position);
            case Unknown unknown ->
                unknown.parts().size() <= MOST_PARTS / 8 && hold(unknown.parts().size(), position);
            default -> true;
        };
        return fits ? value : tooLarge(position);
    }

    /**
     * The value itself, unless all its parts together are too many: a list of a list of a list that is referred to several
     * times at each level takes little memory, but no one could ever read through it.
     */
    Value weighed(Value value, Position position) {
        if (!(value instanceof Value.Sequence || value instanceof Value.Mapping || value instanceof Unknown)) {
            return value;
        }
        int left = weigh(value, MOST_PARTS, DEEPEST_VALUE);
        return left >= 0 && spend(MOST_PARTS - left, position) ? value : tooLarge(position);
    }

    private Value tooLarge(Position position) {
        if (!exhausted) {
            problem("this value is too large or nested too deeply: it is taken as unknown", position);
        }
        return Unknown.because("a value that is too large");
    }

    /** What is left of the allowance; negative when it is used up. */
    private static int weigh(Value value, int allowance, int depth) {
        if (depth == 0) {
            return -1;
        }
        int left = allowance - 1;
        switch (value) {
            case Value.Sequence list -> {
                for (var item : list.items()) {
                    left = left < 0 ? left : weigh(item.value(), left, depth - 1);
                }
            }
            case Value.Mapping map -> {
                for (var entry : map.entries().values()) {
                    left = left < 0 ? left : weigh(entry.value(), left, depth - 1);
                }
            }
            case Unknown unknown -> {
                for (var part : unknown.oneOf()) {
                    left = left < 0 ? left : weigh(part, left, depth - 1);
                }
                if (unknown.encoded().isPresent() && left >= 0) {
                    left = weigh(unknown.encoded().get(), left, depth - 1);
                }
            }
            default -> {}
        }
        return left;
    }
}
