package dev.stepzero.scan.secrets;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same work on several threads, and ends when all of them have. */
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
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < workers; i++) {
                Callable<Boolean> each = () -> {
                    work.run();
                    return true;
                };
                running.add(pool.submit(each));
            }
            for (var each : running) {
                each.get();
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
