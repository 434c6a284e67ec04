package dev.stepzero.server.hooks;

import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * The memory that deliveries take until they are stored, so that no flood of them takes all. What came of usual ones
 * shares 64 MiB, and so does what goes beyond 256 KiB: a few senders of large ones that never end keep no usual one out.
 * The first 8 KiB of each are always there. It counts what came, and not what a sender says will come.
 */
@Component
final class Room {
    static final int FREE = 8 << 10;
    static final int USUAL = 256 << 10;
    private static final int UNIT = 1 << 10;
    private static final int SHARED = (64 << 20) / UNIT;

    private final Semaphore usual = new Semaphore(SHARED);
    private final Semaphore large = new Semaphore(SHARED);

    /** A delivery comes; close this when it is stored. */
    Stay enter() {
        return new Stay();
    }

    /** What one delivery has. */
    final class Stay implements AutoCloseable {
        private int takenOfUsual;
        private int takenOfLarge;

        /** Asks for more, from a number of bytes to another; false if there is none left. */
        boolean grow(int from, int to) {
            var units = (to - from) / UNIT;
            if (to <= USUAL) {
                var granted = usual.tryAcquire(units);
                takenOfUsual += granted ? units : 0;
                return granted;
            }
            var granted = large.tryAcquire(units);
            takenOfLarge += granted ? units : 0;
            return granted;
        }

        @Override
        public void close() {
            usual.release(takenOfUsual);
            large.release(takenOfLarge);
            takenOfUsual = 0;
            takenOfLarge = 0;
        }
    }
}
