package dev.stepzero.ship.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One process's part of a run: keeps what is done, starts every step whose needs are met on a virtual thread of its
 * own, and stops the others when one fails. Whatever happens to it is an event that its own thread handles, one at a
 * time; only that thread talks to the journal.
 */
final class RunExecution {
    private static final long TICK_MILLISECONDS = 500;

    private final Run run;
    private final Lane lane;
    private final Pipeline pipeline;
    private final RunJournal journal;
    private final Notary notary;
    private final Values values;
    private final RunListener listener;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<RunEvent> events;
    private final Map<Step, Integer> attempts = new HashMap<>();
    private final Map<Step, OutputRecorder> recorders = new HashMap<>();
    private final Set<Step> waiting = new HashSet<>();
    private long ticked = System.nanoTime();
    private RunStatus status = RunStatus.RUNNING;
    private @Nullable Throwable failure;

    RunExecution(
            Run run,
            Lane lane,
            Pipeline pipeline,
            RunJournal journal,
            Notary notary,
            Values values,
            RunListener listener,
            BlockingQueue<RunEvent> events) {
        this.run = run;
        this.lane = lane;
        this.pipeline = pipeline;
        this.journal = journal;
        this.notary = notary;
        this.values = values;
        this.listener = listener;
        this.events = events;
    }

    RunResult run() {
        try (threads) {
            try {
                keepWhatIsDone();
                startReady();
                while (!attempts.isEmpty()) {
                    handle(nextEvent());
                }
            } finally {
                threads.shutdownNow();
            }
        }
        return new RunResult(run, status == RunStatus.RUNNING ? RunStatus.SUCCEEDED : status, failure, values);
    }

    /** A step's earlier success counts while it can be read back, still holds, and nothing before it runs again. */
    private void keepWhatIsDone() {
        waiting.addAll(pipeline.steps());
        if (!run.resumed()) {
            return;
        }
        var given = journal.given(run.id());
        var records = journal.steps(run.id()).stream().collect(Collectors.toMap(StepRecord::name, r -> r));
        for (var step : pipeline.steps()) {
            var text = given.get(step.name());
            var record = records.get(step.name());
            if (text != null && record != null && ready(step) && holds(step, text)) {
                waiting.remove(step);
                given.remove(step.name());
                listener.stepKept(step, record);
            }
        }
        // Before anything runs: a cut after the first of them must not leave the successes of the others behind.
        journal.abandon(run, List.copyOf(given.keySet()));
    }

    private boolean holds(Step step, String text) {
        var view = new StepAttempt(run, step, values, notary, line -> {});
        if (values.restore(step, text) && step.stillHolds(view.withOwnResults())) {
            return true;
        }
        values.forget(step.gives());
        return false;
    }

    private boolean ready(Step step) {
        return step.needs().stream().allMatch(slot -> values.find(slot).isPresent());
    }

    private void startReady() {
        for (var step : pipeline.steps()) {
            if (waiting.contains(step) && ready(step)) {
                start(step);
            }
        }
    }

    private void start(Step step) {
        lane.require();
        var attempt = journal.beginStep(run, step);
        var recorder = new OutputRecorder(journal, run, step, attempt, events::add);
        StepOutput output = line -> {
            recorder.line(line);
            listener.stepOutput(step, line);
        };
        waiting.remove(step);
        attempts.put(step, attempt);
        recorders.put(step, recorder);
        listener.stepStarted(step);
        threads.execute(
                () -> events.add(new RunEvent.Ended(new StepAttempt(run, step, values, notary, output).execute())));
    }

    private RunEvent nextEvent() {
        try {
            while (true) {
                var event = events.poll(TICK_MILLISECONDS, TimeUnit.MILLISECONDS);
                tick();
                if (event != null) {
                    return event;
                }
            }
        } catch (InterruptedException e) {
            return new RunEvent.Cancelled(e);
        }
    }

    /** Lets others see what the steps under way have written so far, as long as the lane is ours. */
    private void tick() {
        var now = System.nanoTime();
        if (now - ticked >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLISECONDS) && lane.look()) {
            ticked = now;
            recorders.values().forEach(OutputRecorder::flush);
        }
    }

    private void handle(RunEvent event) {
        switch (event) {
            case RunEvent.Cancelled cancelled -> stop(RunStatus.INTERRUPTED, cancelled.cause());
            case RunEvent.Lines lines -> lines.recorder().write(lines.lines());
            case RunEvent.Ended ended -> finish(ended.end());
        }
    }

    private void finish(StepAttempt.Ended end) {
        var step = end.step();
        var recorder = recorders.remove(step);
        var attempt = attempts.remove(step);
        if (recorder == null || attempt == null) {
            throw new IllegalStateException("step '%s' ended twice".formatted(step.name()));
        }
        lane.require();
        recorder.close();
        var record = journal.endStep(run, step, attempt, end.outcome());
        if (end.outcome().status() == RunStatus.SUCCEEDED) {
            values.putAll(end.attempt().given());
        } else if (end.failure() != null) {
            stop(end.outcome().status(), end.failure());
        }
        listener.stepEnded(step, record);
        if (status == RunStatus.RUNNING) {
            startReady();
        }
    }

    /** The first failure decides; the steps under way are interrupted and still waited for. */
    private void stop(RunStatus why, Throwable cause) {
        if (status == RunStatus.RUNNING) {
            status = why;
            failure = cause;
            threads.shutdownNow();
        }
    }
}
