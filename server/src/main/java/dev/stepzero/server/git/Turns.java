package dev.stepzero.server.git;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** How many packs are made and read at once: each takes memory and a core. */
@Component
class Turns {
    private static final int MOST = 8;
    private static final int PATIENCE_SECONDS = 10;

    private final Semaphore free = new Semaphore(MOST, true);

    /** Waits a little for a turn; false if there is none. */
    boolean begin() {
        try {
            return free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void end() {
        free.release();
    }
}
