package dev.stepzero.ship.findings;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Waiver;
import dev.stepzero.govern.gate.Gate;
import dev.stepzero.ship.engine.Pipeline;
import dev.stepzero.ship.engine.Run;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepRecord;
import dev.stepzero.ship.steps.Handover;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down what a run finds when its analyses end, and how it is judged when the gate ends, also when that blocks;
 * everything goes on to another listener.
 */
public final class FindingsOfRun implements RunListener {
    private static final List<Slot<Handover.Analysis>> ANALYSES =
            List.of(Handover.SOURCE_FINDINGS, Handover.TOOL_FINDINGS, Handover.IMAGE_FINDINGS);

    private final FindingsLog log;
    private final RunJournal journal;
    private final Gate gate;
    private final List<Waiver> waivers;
    private final RunListener next;
    private final JsonMapper json = new JsonMapper();
    private final List<Finding> found = new ArrayList<>();
    private @Nullable Run run;

    /**
     * A listener for one run.
     *
     * @param gate judges as the run's own gate does
     * @param next hears of everything too
     */
    public FindingsOfRun(FindingsLog log, RunJournal journal, Gate gate, List<Waiver> waivers, RunListener next) {
        this.log = log;
        this.journal = journal;
        this.gate = gate;
        this.waivers = List.copyOf(waivers);
        this.next = next;
    }

    @Override
    public void runBegins() {
        next.runBegins();
    }

    @Override
    public void runStarted(Run started, Pipeline pipeline) {
        run = started;
        next.runStarted(started, pipeline);
    }

    @Override
    public void stepKept(Step step, StepRecord earlier) {
        write(step, earlier);
        next.stepKept(step, earlier);
    }

    @Override
    public void stepStarted(Step step) {
        next.stepStarted(step);
    }

    @Override
    public void stepOutput(Step step, String line) {
        next.stepOutput(step, line);
    }

    @Override
    public void stepEnded(Step step, StepRecord outcome) {
        write(step, outcome);
        next.stepEnded(step, outcome);
    }

    @Override
    public void runEnded(Run ended, RunStatus status) {
        next.runEnded(ended, status);
    }

    private void write(Step step, StepRecord outcome) {
        var current = Objects.requireNonNull(run);
        if (step.stage() == Stage.GATE && !outcome.status().resumable()) {
            log.judged(current, gate.judge(found, waivers));
        } else if (outcome.status() == RunStatus.SUCCEEDED) {
            analysis(current, step).ifPresent(analysis -> {
                log.found(current, step.name(), analysis.findings());
                found.addAll(analysis.findings());
            });
        }
    }

    private Optional<Handover.Analysis> analysis(Run current, Step step) {
        return ANALYSES.stream()
                .filter(step.gives()::contains)
                .findFirst()
                .flatMap(slot -> journal.given(current.id(), step.name())
                        .map(given -> json.treeToValue(json.readTree(given).get(slot.name()), slot.type())));
    }
}
