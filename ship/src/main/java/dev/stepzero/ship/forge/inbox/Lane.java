package dev.stepzero.ship.forge.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The claimed deliveries of one project, of which one at a time is worked on, in their order. */
final class Lane {
    /** Longer than a fetch of a whole repository may take. */
    static final Duration LONGEST = Duration.ofMinutes(15);

    private final Deque<Claimed> waiting;
    private @Nullable Claimed current;
    private Instant since;

    Lane(List<Claimed> claimed, Instant now) {
        waiting = new ArrayDeque<>(claimed);
        since = now;
    }

    /** Begins the next one. */
    synchronized Optional<Claimed> next(Instant now) {
        current = waiting.poll();
        since = now;
        return Optional.ofNullable(current);
    }

    synchronized List<Claimed> held() {
        var held = new ArrayList<>(waiting);
        if (current != null) {
            held.add(current);
        }
        return held;
    }

    /** Whether the one that is worked on takes so long that nobody knows whether it ends. */
    synchronized boolean isOverdue(Instant now) {
        return Duration.between(since, now).compareTo(LONGEST) >= 0;
    }

    /** Takes those away that nobody has begun. */
    synchronized List<Claimed> unbegun() {
        var rest = List.copyOf(waiting);
        waiting.clear();
        return rest;
    }
}
