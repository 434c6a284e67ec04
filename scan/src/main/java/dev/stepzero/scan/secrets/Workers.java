package dev.stepzero.scan.secrets;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/** Does the same work on several threads, and ends when all of them have or one has failed. */
final class Workers {
    private static final int MOST = 8;

    private Workers() {}

    /** Work that may be interrupted. */
    interface Work {
        void run() throws InterruptedException;
    }

    static int most() {
        return Math.min(MOST, Runtime.getRuntime().availableProcessors());
    }

    static void run(int workers, Work work) throws InterruptedException {
        if (workers == 1) {
            work.run();
            return;
        }
        var pool = Executors.newFixedThreadPool(workers);
        try {
            var running = new ExecutorCompletionService<Boolean>(pool);
            for (int i = 0; i < workers; i++) {
                running.submit(() -> {
                    work.run();
                    return true;
                });
            }
            // In the order in which they end: one that fails must not leave the others waiting for it.
            for (int i = 0; i < workers; i++) {
                running.take().get();
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case InterruptedException interrupted -> throw interrupted;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
