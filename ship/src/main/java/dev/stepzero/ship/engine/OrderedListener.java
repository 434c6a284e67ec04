package dev.stepzero.ship.engine;

/** Lets one call through at a time. */
final class OrderedListener implements RunListener {
    private final RunListener listener;

    OrderedListener(RunListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void runBegins() {
        listener.runBegins();
    }

    @Override
    public synchronized void runStarted(Run run, Pipeline pipeline) {
        listener.runStarted(run, pipeline);
    }

    @Override
    public synchronized void stepKept(Step step, StepRecord earlier) {
        listener.stepKept(step, earlier);
    }

    @Override
    public synchronized void stepStarted(Step step) {
        listener.stepStarted(step);
    }

    @Override
    public synchronized void stepOutput(Step step, String line) {
        listener.stepOutput(step, line);
    }

    @Override
    public synchronized void stepEnded(Step step, StepRecord outcome) {
        listener.stepEnded(step, outcome);
    }

    @Override
    public synchronized void runEnded(Run run, RunStatus status) {
        listener.runEnded(run, status);
    }
}
