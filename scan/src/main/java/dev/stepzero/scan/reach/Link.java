package dev.stepzero.scan.reach;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How something was reached.
 *
 * @param label what people call it, as a text
 * @param from what it was reached from; null for where everything begins
 */
record Link(Object label, @Nullable Link from) {
    private static final int MOST = 20;
    private static final int KEPT = 10;

    static Link root(Object label) {
        return new Link(label, null);
    }

    Link to(Object next) {
        return new Link(next, this);
    }

    /** The way from the beginning; the middle of a long one is left out. */
    List<String> path() {
        var path = new ArrayList<String>();
        for (var each = this; each != null; each = each.from) {
            path.add(each.label.toString());
        }
        Collections.reverse(path);
        if (path.size() > MOST) {
            path.subList(KEPT, path.size() - KEPT + 1).clear();
            path.add(KEPT, "…");
        }
        return path;
    }
}
