package dev.stepzero.ship.queue;

import dev.stepzero.ship.Shipped;
import dev.stepzero.ship.engine.Pipeline;
import dev.stepzero.ship.engine.Run;
import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.engine.RunSummary;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;

/** One attempt of this server at a request. It can be stopped until it deploys: from there on it goes to its end. */
final class Turn implements RunListener {
    private final RunRequest request;
    private final Requests requests;
    private final Thread thread = Thread.currentThread();
    private boolean began;
    private boolean deploys;
    private boolean over;

    /** The request's run came to its end elsewhere: whoever had it could not say so, or says it at this moment. */
    static final class EndedBefore extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient RunSummary run;

        private EndedBefore(RunSummary run) {
            this.run = run;
        }

        RunSummary run() {
            return run;
        }
    }

    Turn(RunRequest request, Requests requests) {
        this.request = request;
        this.requests = requests;
    }

    Shipped take(RunWork work) throws InterruptedException {
        try {
            return work.run(request, this);
        } finally {
            synchronized (this) {
                over = true;
            }
            // What came too late is not for whoever uses the thread next.
            var _ = Thread.interrupted();
        }
    }

    /** Stops it, unless it deploys. */
    synchronized void stop() {
        if (!over && !deploys) {
            thread.interrupt();
        }
    }

    /** Whether there is a run to go on with. */
    synchronized boolean began() {
        return began;
    }

    /** Whether an end now would leave a deployment half done. */
    synchronized boolean deploys() {
        return deploys;
    }

    @Override
    public void runBegins() {
        requests.endedRun(request.id()).ifPresent(run -> {
            throw new EndedBefore(run);
        });
    }

    @Override
    public void runStarted(Run run, Pipeline pipeline) {
        requests.began(request.id(), run.id());
        synchronized (this) {
            began = true;
        }
    }

    @Override
    public synchronized void stepStarted(Step step) {
        deploys |= step.stage() == Stage.DEPLOY || step.stage() == Stage.CONFIRM;
    }
}
