package dev.stepzero.ship.engine;

import java.time.Duration;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The right of one process to work in a lane while it works there. Where the database forgot the session that holds it,
 * as it does when it is restarted, the right is taken again, unless somebody else went on with the run meanwhile.
 */
final class Lane implements AutoCloseable {
    private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

    private final RunJournal journal;
    private final RunKey key;
    private RunLock lock;
    private @Nullable Run run;
    private int turn;
    private long looked = System.nanoTime();

    /** Takes the lane of a key. @throws dev.stepzero.core.UserError if another process has it */
    Lane(RunJournal journal, RunKey key) {
        this.journal = journal;
        this.key = key;
        this.lock = acquired();
    }

    private RunLock acquired() {
        return RunLock.tryAcquire(journal.jdbi(), key.project(), key.lane())
                .orElseThrow(() -> new EnvironmentLock(journal).taken(key.project(), key.lane()));
    }

    /** Remembers the run that was begun or gone on with under this right. */
    void belongsTo(Run begun) {
        run = begun;
        turn = journal.turn(begun).orElseThrow();
    }

    /**
     * Makes sure that the lane is still ours.
     *
     * @throws dev.stepzero.core.UserError if another process has it
     * @throws JdbiException if the database does not answer
     */
    void require() {
        looked = System.nanoTime();
        if (lock.isHeld()) {
            return;
        }
        lock.close();
        lock = acquired();
        if (run != null && journal.turn(run).filter(now -> now == turn).isEmpty()) {
            throw new EnvironmentLock(journal).taken(key.project(), key.lane());
        }
    }

    /** The same once in a while; a database that does not answer right now may do so the next time. */
    boolean look() {
        if (System.nanoTime() - looked < BETWEEN_LOOKS) {
            return true;
        }
        try {
            require();
            return true;
        } catch (JdbiException e) {
            return false;
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
