package dev.stepzero.ship.engine;

import dev.stepzero.core.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt at one step: its view of the run, and what came of it. */
final class StepAttempt implements StepContext {
    private final Run run;
    private final Step step;
    private final Values values;
    private final Notary notary;
    private final StepOutput output;
    private final Map<Slot<?>, Object> given = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<SignedEvidence> evidence = new ArrayList<>();
    private @Nullable String summary;
    private boolean readsOwn;

    StepAttempt(Run run, Step step, Values values, Notary notary, StepOutput output) {
        this.run = run;
        this.step = step;
        this.values = values;
        this.notary = notary;
        this.output = output;
    }

    /** Runs the step; whatever it throws becomes part of the outcome. */
    Ended execute() {
        try {
            step.run(this);
            requireGiven();
            return ended(RunStatus.SUCCEEDED, null);
        } catch (UserError e) {
            return ended(
                    switch (e.status()) {
                        case ENGINE -> RunStatus.STALLED;
                        case INTERRUPTED -> RunStatus.INTERRUPTED;
                        default -> RunStatus.BLOCKED;
                    },
                    e);
        } catch (InterruptedException e) {
            return ended(RunStatus.INTERRUPTED, e);
        } catch (Throwable e) {
            var full = FullDisk.in(e);
            return full.isPresent() ? ended(RunStatus.STALLED, full.get()) : ended(RunStatus.FAILED, e);
        }
    }

    /** A view for {@link Step#stillHolds}, which may also read what the step itself gave. */
    StepContext withOwnResults() {
        readsOwn = true;
        return this;
    }

    Map<Slot<?>, Object> given() {
        return given;
    }

    private Ended ended(RunStatus status, @Nullable Throwable failure) {
        var succeeded = status == RunStatus.SUCCEEDED;
        var judged = succeeded || status == RunStatus.BLOCKED;
        var outcome = new StepOutcome(
                status,
                summary,
                failure == null ? null : reason(failure),
                List.copyOf(warnings),
                succeeded ? values.write(given) : "{}",
                judged ? List.copyOf(evidence) : List.of());
        return new Ended(this, outcome, failure);
    }

    /** Why something did not succeed, in a sentence. */
    static String reason(Throwable failure) {
        return switch (failure) {
            case UserError e -> e.what();
            case InterruptedException e -> "interrupted";
            default -> failure.toString();
        };
    }

    private void requireGiven() {
        for (var slot : step.gives()) {
            if (!given.containsKey(slot)) {
                throw new IllegalStateException(
                        "step '%s' ended without giving '%s'".formatted(step.name(), slot.name()));
            }
        }
    }

    @Override
    public Run run() {
        return run;
    }

    @Override
    public <T> T get(Slot<T> slot) {
        if (!step.needs().contains(slot) && !(readsOwn && step.gives().contains(slot))) {
            throw new IllegalArgumentException(
                    "step '%s' does not say that it needs '%s'".formatted(step.name(), slot.name()));
        }
        return values.find(slot).orElseThrow();
    }

    @Override
    public <T> void give(Slot<T> slot, T value) {
        if (!step.gives().contains(slot)) {
            throw new IllegalArgumentException(
                    "step '%s' does not say that it gives '%s'".formatted(step.name(), slot.name()));
        }
        given.put(slot, value);
    }

    @Override
    public StepOutput output() {
        return output;
    }

    @Override
    public void summary(String text) {
        summary = text;
    }

    @Override
    public void warn(String text) {
        warnings.add(text);
    }

    @Override
    public SignedEvidence attest(String subject, String name, String predicateType, Object predicate) {
        var signed = notary.sign(subject, name, predicateType, predicate);
        evidence.add(signed);
        return signed;
    }

    /** How the attempt ended. */
    record Ended(
            StepAttempt attempt,
            StepOutcome outcome,
            @Nullable Throwable failure) {
        Step step() {
            return attempt.step;
        }
    }
}
