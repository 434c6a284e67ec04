package dev.stepzero.scan.code.java.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way of a value from where it came in, its last step first. A long way keeps its ends. */
public final class Trail {
    /** Of a value that has not gone anywhere yet. */
    public static final Trail EMPTY = new Trail(null, null, 0, false);

    private static final int LONGEST = 24;

    private final @Nullable Step last;
    private final @Nullable Trail before;
    private final int length;
    private final boolean ended;

    private Trail(@Nullable Step last, @Nullable Trail before, int length, boolean ended) {
        this.last = last;
        this.before = before;
        this.length = length;
        this.ended = ended;
    }

    /** The way with one more step; one on the same line as the last adds nothing. */
    public Trail then(Step step) {
        if (length >= LONGEST || (last != null && isSameLine(last.place(), step.place()))) {
            return this;
        }
        return new Trail(step, this, length + 1, false);
    }

    /** The way with its last step, which is never left out. */
    public Trail end(Step step) {
        return new Trail(step, this, length + 1, true);
    }

    /** The way with all of another after it. */
    public Trail then(Trail other) {
        var all = this;
        if (length >= LONGEST && !other.ended) {
            return this;
        }
        var steps = other.steps();
        for (int i = 0; i < steps.size(); i++) {
            all = other.ended && i == steps.size() - 1 ? all.end(steps.get(i)) : all.then(steps.get(i));
        }
        return all;
    }

    private static boolean isSameLine(Place one, Place other) {
        return one.line() > 0
                && one.line() == other.line()
                && one.type().equals(other.type())
                && one.method().equals(other.method());
    }

    public int length() {
        return length;
    }

    /** From the first to the last. */
    public List<Step> steps() {
        var steps = new ArrayList<Step>(length);
        for (var each = this; each != null && each.last != null; each = each.before) {
            steps.add(each.last);
        }
        Collections.reverse(steps);
        return steps;
    }
}
