package dev.stepzero.scan.reach;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How something was reached.
 *
 * @param label what people call it
 * @param from what it was reached from; null for where everything begins
 */
record Link(String label, @Nullable Link from) {
    private static final int MOST = 20;
    private static final int KEPT = 10;

    static Link root(String label) {
        return new Link(label, null);
    }

    Link to(String next) {
        return new Link(next, this);
    }

    /** The way from the beginning; the middle of a long one is left out. */
    List<String> path() {
        var path = new ArrayList<String>();
        for (var each = this; each != null; each = each.from) {
            path.add(each.label);
        }
        Collections.reverse(path);
        if (path.size() > MOST) {
            path.subList(KEPT, path.size() - KEPT + 1).clear();
            path.add(KEPT, "…");
        }
        return path;
    }
}
