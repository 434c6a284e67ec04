package dev.stepzero.server.runs;

import dev.stepzero.core.UserError;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.server.connections.OpenAnswer;
import dev.stepzero.ship.live.Watch;
import dev.stepzero.store.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The server's one watch over runs, and the streams that follow them. It ends before the web server waits for its
 * requests, so that streams end with it.
 */
@Component
public class LiveRuns implements SmartLifecycle {
    private static final int MOST = 10_000;

    /** What a stream holds of the heap, connection included, as bench/server/streams measures it; with TLS its buffers. */
    private static final long STREAM_BYTES = 16L << 10;

    private static final long TLS_BYTES = 60L << 10;

    /** Of one person, in whatever many windows, so that nobody takes the seats of all others. */
    private static final int MOST_OF_ONE = 256;

    /** Of the database's ten connections: what thousands follow must not keep pages waiting. */
    private static final int READING = 3;

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration SPREAD = Duration.ofMinutes(2);

    private final Semaphore turns = new Semaphore(READING, true);
    private final Database database;
    private final ExecutorService tasks = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("stream-", 0).factory());
    private final Map<String, Integer> seats = new HashMap<>();
    private final Map<Long, Followed> feeds = new HashMap<>();
    private final AtomicLong streams = new AtomicLong();
    private final int most;
    private int taken;
    private volatile @Nullable Watch watch;

    LiveRuns(Database database, ServerSettings settings) {
        this.database = database;
        var each = STREAM_BYTES + (settings.tls().isPresent() ? TLS_BYTES : 0);
        // Two thirds of the heap at most: what refuses can go on, and what runs out of memory cannot.
        this.most = (int) Math.min(MOST, Runtime.getRuntime().maxMemory() * 2 / 3 / each);
    }

    /** A feed with how many use it. */
    private record Followed(RunFeed feed, int users) {}

    /** Takes a seat for a stream; empty if all are taken, or too many by this one. */
    Optional<Seat> seat(String who) {
        synchronized (seats) {
            if (taken >= most || seats.getOrDefault(who, 0) >= MOST_OF_ONE) {
                return Optional.empty();
            }
            taken++;
            seats.merge(who, 1, Integer::sum);
        }
        return Optional.of(new Seat(() -> giveBack(who)));
    }

    private void giveBack(String who) {
        synchronized (seats) {
            taken--;
            seats.computeIfPresent(who, (key, number) -> number == 1 ? null : number - 1);
        }
    }

    /** Whether there are seats at all. */
    boolean hasRoom() {
        synchronized (seats) {
            return taken < most;
        }
    }

    /**
     * The feed of a run, for one more stream, which {@link #leave leaves} it when it ends.
     *
     * @throws UserError if the server stops
     */
    RunFeed feed(long run, RunReading reading) {
        synchronized (feeds) {
            var known = feeds.get(run);
            if (known != null) {
                feeds.put(run, new Followed(known.feed(), known.users() + 1));
                return known.feed();
            }
            var current = watch;
            if (current == null) {
                throw UserError.engine("the server is stopping").fix("try again in a moment");
            }
            var feed = new RunFeed(current.subscribe(Optional.of(run)), reading);
            feeds.put(run, new Followed(feed, 1));
            tasks.execute(feed::run);
            return feed;
        }
    }

    void leave(long run) {
        synchronized (feeds) {
            var known = feeds.get(run);
            if (known == null) {
                return;
            }
            if (known.users() > 1) {
                feeds.put(run, new Followed(known.feed(), known.users() - 1));
            } else {
                feeds.remove(run);
                known.feed().close();
            }
        }
    }

    /** Makes a follower of an answer. Those who came together do not all have to come back together. */
    Follower follower(OpenAnswer answer, long position) {
        var sooner = SPREAD.toMillis() * (streams.incrementAndGet() % 97) / 97;
        return new Follower(answer, position, LONGEST.minusMillis(sooner), tasks);
    }

    /** Reads for a stream when it is its turn. */
    <T> T read(Supplier<T> what) throws InterruptedException {
        turns.acquire();
        try {
            return what.get();
        } finally {
            turns.release();
        }
    }

    @Override
    public void start() {
        try {
            watch = Watch.over(database.dataSource(), MOST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        var current = watch;
        watch = null;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public boolean isRunning() {
        return watch != null;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
