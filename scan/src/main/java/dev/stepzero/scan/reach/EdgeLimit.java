package dev.stepzero.scan.reach;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps each edge once, and so many edges in all as memory holds. Safe for use by several threads. */
final class EdgeLimit {
    private final ConcurrentHashMap<Edge, Edge> known = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final int most;

    EdgeLimit(int most) {
        this.most = most;
    }

    /** The one that is kept of equal edges. @throws IOException if there are too many */
    Edge one(Edge edge) throws IOException {
        if (count.incrementAndGet() > most) {
            throw new IOException("the program has more than %d calls".formatted(most));
        }
        var before = known.putIfAbsent(edge, edge);
        return before == null ? edge : before;
    }
}
