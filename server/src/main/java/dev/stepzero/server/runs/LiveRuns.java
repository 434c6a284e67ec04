package dev.stepzero.server.runs;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.live.Subscription;
import dev.stepzero.ship.live.Watch;
import dev.stepzero.store.Database;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The server's one watch over runs. It ends before the web server waits for its requests, so that streams end with it. */
@Component
public class LiveRuns implements SmartLifecycle {
    private static final int MOST = 10_000;

    /** Of the database's ten connections: what thousands follow must not keep pages waiting. */
    private static final int READING = 3;

    private final Semaphore turns = new Semaphore(READING, true);
    private final Database database;
    private volatile @Nullable Watch watch;

    LiveRuns(Database database) {
        this.database = database;
    }

    /**
     * Subscribes to a run.
     *
     * @throws UserError if there are too many readers, or the server stops
     */
    public Subscription subscribe(long run) {
        var current = watch;
        if (current == null) {
            throw UserError.engine("the server is stopping").fix("try again in a moment");
        }
        return current.subscribe(Optional.of(run));
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
