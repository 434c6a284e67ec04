package dev.stepzero.cli;

/** Redraws a view every now and then, so that a long step's seconds move. */
final class Ticker implements AutoCloseable {
    private static final long MILLIS = 200;

    private final Thread thread;

    Ticker(RunView view) {
        thread = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Thread.sleep(MILLIS);
                    view.tick();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
