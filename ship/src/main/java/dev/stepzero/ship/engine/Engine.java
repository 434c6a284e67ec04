package dev.stepzero.ship.engine;

import dev.stepzero.core.UserError;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs pipelines so that a {@code kill -9} at any moment costs no more than the step that it cut: the beginning and
 * the end of each step are recorded before anything else happens, and the same command goes on with an open run.
 */
public final class Engine {
    private final RunJournal journal;
    private final Notary notary;
    private final JsonMapper json = new JsonMapper();

    public Engine(RunJournal journal, Notary notary) {
        this.journal = journal;
        this.notary = notary;
    }

    /**
     * Runs the pipeline, or goes on with the open run that has the same key. Interrupting the calling thread cancels
     * the steps under way and leaves the run open.
     *
     * @return how it ended; a failure of the pipeline is part of the result and is not thrown
     * @throws UserError if another process runs the same project towards the same environment
     */
    public RunResult run(RunKey key, Pipeline pipeline, RunListener listener) {
        try (var lock = new EnvironmentLock(journal).acquire(key.project(), key.environment());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var run = journal.begin(key);
            var quiet = new OrderedListener(listener);
            quiet.runStarted(run, pipeline);
            var execution = new RunExecution(run, pipeline, journal, notary, new Values(json), quiet, threads);
            var result = execution.run();
            journal.end(
                    run,
                    result.status(),
                    result.failure().map(Throwable::getMessage).orElse(null));
            quiet.runEnded(run, result.status());
            return result;
        }
    }
}
