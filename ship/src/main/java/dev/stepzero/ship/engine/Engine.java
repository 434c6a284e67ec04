package dev.stepzero.ship.engine;

import dev.stepzero.core.UserError;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.jdbi.v3.core.JdbiException;
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
     * the steps under way and leaves the run open; it is interrupted still when that came too late.
     *
     * @return how it ended; a failure of the pipeline is part of the result and is not thrown
     * @throws UserError if another process runs the same project in the same lane, or the database fails;
     *     the run stays open then
     */
    public RunResult run(RunKey key, RunOrigin origin, Pipeline pipeline, RunListener listener) {
        var events = new LinkedBlockingQueue<RunEvent>();
        var work = new FutureTask<>(() -> conduct(key, origin, pipeline, listener, events));
        // A thread that nobody interrupts, so that no write to the journal is torn.
        Thread.ofPlatform().name("run").start(work);
        return await(work, events);
    }

    /** The same for a run of which nobody knows where it comes from. */
    public RunResult run(RunKey key, Pipeline pipeline, RunListener listener) {
        return run(key, RunOrigin.UNKNOWN, pipeline, listener);
    }

    private RunResult conduct(
            RunKey key, RunOrigin origin, Pipeline pipeline, RunListener listener, BlockingQueue<RunEvent> events) {
        try (var lane = new Lane(journal, key)) {
            var ordered = new OrderedListener(listener);
            ordered.runBegins();
            var run = journal.begin(key, origin);
            lane.belongsTo(run);
            ordered.runStarted(run, pipeline);
            var result =
                    new RunExecution(run, lane, pipeline, journal, notary, new Values(json), ordered, events).run();
            lane.require();
            journal.end(
                    run,
                    result.status(),
                    result.failure().map(StepAttempt::reason).orElse(null));
            ordered.runEnded(run, result.status());
            return result;
        }
    }

    private static RunResult await(Future<RunResult> work, BlockingQueue<RunEvent> events) {
        var interrupted = false;
        while (true) {
            try {
                var result = work.get();
                if (interrupted && result.status() != RunStatus.INTERRUPTED) {
                    Thread.currentThread().interrupt();
                }
                return result;
            } catch (InterruptedException e) {
                interrupted = true;
                events.add(new RunEvent.Cancelled(e));
            } catch (ExecutionException e) {
                throw failed(Objects.requireNonNullElse(e.getCause(), e));
            }
        }
    }

    private static RuntimeException failed(Throwable cause) {
        return switch (cause) {
            case JdbiException e ->
                UserError.engine("the database failed while the run went on: " + e.getMessage())
                        .fix("see that the database answers and run the same command: it goes on where it was")
                        .because(e);
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(cause);
        };
    }
}
