package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way that something took so far. */
final class Trail {
    private static final int LONGEST = 24;

    private final Hit.Step last;
    private final @Nullable Trail before;
    private final int length;

    private Trail(Hit.Step last, @Nullable Trail before, int length) {
        this.last = last;
        this.before = before;
        this.length = length;
    }

    static Trail begin(String what, Node node) {
        return new Trail(new Hit.Step(what, node), null, 1);
    }

    /** One step further; a very long way ends where it is. */
    Trail then(String what, Node node) {
        return length >= LONGEST || last.node() == node ? this : new Trail(new Hit.Step(what, node), this, length + 1);
    }

    List<Hit.Step> steps() {
        var steps = new ArrayList<Hit.Step>();
        for (@Nullable Trail at = this; at != null; at = at.before) {
            steps.add(at.last);
        }
        Collections.reverse(steps);
        return List.copyOf(steps);
    }

    int length() {
        return length;
    }
}
