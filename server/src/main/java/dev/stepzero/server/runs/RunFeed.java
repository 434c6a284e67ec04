package dev.stepzero.server.runs;

import dev.stepzero.ship.live.Change;
import dev.stepzero.ship.live.Subscription;
import dev.stepzero.ship.runs.LogLine;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;

/**
 * Tells all followers of a run what happens in it. What is new is read once, however many they are; what they wait for
 * is written by their own tasks, so that none keeps the others waiting.
 */
final class RunFeed {
    static final int LINES = 500;

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final long NOBODY = -1;

    /** What comes within this time after a change is told along with it. */
    private static final Duration GATHERING = Duration.ofMillis(300);

    private final Subscription subscription;
    private final RunReading reading;
    private final Set<Follower> followers = new LinkedHashSet<>();
    private long last = NOBODY;
    private boolean over;

    /**
     * A feed of a run.
     *
     * @param subscription to that run
     */
    RunFeed(Subscription subscription, RunReading reading) {
        this.subscription = subscription;
        this.reading = reading;
    }

    /**
     * Takes a follower in, unless it has yet to be told lines that all others were told.
     *
     * @return the line up to which it must know all; at most its position if it was taken in
     */
    synchronized long attach(Follower follower) {
        if (over) {
            follower.end(Events.pause(follower.position()));
            return follower.position();
        }
        if (last == NOBODY) {
            last = follower.position();
        }
        if (follower.position() >= last) {
            followers.add(follower);
        }
        return last;
    }

    synchronized void detach(Follower follower) {
        followers.remove(follower);
    }

    /** Tells what happens until the run or the subscription ends. */
    void run() {
        try {
            var isOpen = true;
            while (isOpen && !subscription.isClosed()) {
                isOpen = tell(subscription.next(HEARTBEAT));
            }
            end(isOpen);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(true);
        }
    }

    private boolean tell(List<Change> changes) throws InterruptedException {
        pauseThoseWhoAreDue();
        if (changes.isEmpty()) {
            broadcast(Events.HEARTBEAT);
            return true;
        }
        try {
            tellLines();
            var isOpen = true;
            if (changes.stream().anyMatch(change -> !(change instanceof Change.LinesWritten))) {
                isOpen = reading.isOpen();
                tellLines();
                broadcast(Events.STATE);
            }
            Thread.sleep(GATHERING);
            return isOpen;
        } catch (JdbiException e) {
            // The database is away; the watch tells when it is back.
            return true;
        }
    }

    private void tellLines() throws InterruptedException {
        var lines = List.<LogLine>of();
        do {
            var from = last();
            lines = from == NOBODY ? List.of() : reading.lines(from, LINES);
            if (!lines.isEmpty()) {
                broadcast(lines);
            }
        } while (lines.size() == LINES);
    }

    private synchronized long last() {
        return last;
    }

    private synchronized void broadcast(List<LogLine> lines) {
        var encoded = new HashMap<Long, Optional<byte[]>>();
        var newest = lines.getLast().id();
        for (var follower : followers) {
            // Most stand where all do; one that has just come may know some of these lines.
            encoded.computeIfAbsent(Math.max(last, follower.position()), known -> after(known, lines))
                    .ifPresent(follower::tell);
            follower.moveTo(Math.max(newest, follower.position()));
        }
        last = newest;
    }

    private static Optional<byte[]> after(long known, List<LogLine> lines) {
        var fresh = lines.stream().filter(line -> line.id() > known).toList();
        return fresh.isEmpty() ? Optional.empty() : Optional.of(Events.lines(fresh));
    }

    private synchronized void broadcast(byte[] event) {
        followers.forEach(follower -> follower.tell(event));
    }

    private synchronized void pauseThoseWhoAreDue() {
        followers.removeIf(follower -> {
            if (follower.isDue()) {
                follower.end(Events.pause(follower.position()));
            }
            return follower.isDue();
        });
    }

    private synchronized void end(boolean isOpen) {
        over = true;
        followers.forEach(
                follower -> follower.end(isOpen ? Events.pause(follower.position()) : Events.end(follower.position())));
        followers.clear();
    }

    void close() {
        subscription.close();
    }
}
