package dev.stepzero.ship.steps;

import dev.stepzero.guard.evidence.Attestor;
import dev.stepzero.guard.evidence.Statement;
import dev.stepzero.guard.evidence.Verifier;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.ship.engine.Run;
import dev.stepzero.ship.engine.RunKey;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.engine.StepOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a single step sees in a test, and what it leaves. */
final class TestContext implements StepContext {
    final List<String> lines = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final List<SignedEvidence> attested = new ArrayList<>();
    String summary = "";
    private final Map<Slot<?>, Object> values = new HashMap<>();
    private final Run run;
    private final SigningKey key;

    TestContext(long run, SigningKey key) {
        var about = new RunKey("invoicer", "production", "process", TestRelease.COMMIT, "p");
        this.run = new Run(run, about, TestRelease.NOW, false);
        this.key = key;
    }

    <T> TestContext with(Slot<T> slot, T value) {
        values.put(slot, value);
        return this;
    }

    /** The only statement that was attested. */
    Statement statement() {
        if (attested.size() != 1) {
            throw new AssertionError(attested.size() + " statements");
        }
        return new Verifier(List.of(key.verification()))
                .verify(attested.getFirst().envelope());
    }

    @Override
    public Run run() {
        return run;
    }

    @Override
    public <T> T get(Slot<T> slot) {
        return slot.type().cast(values.get(slot));
    }

    @Override
    public <T> void give(Slot<T> slot, T value) {
        values.put(slot, value);
    }

    @Override
    public StepOutput output() {
        return lines::add;
    }

    @Override
    public void summary(String text) {
        summary = text;
    }

    @Override
    public SignedEvidence attest(String subject, String name, String predicateType, Object predicate) {
        var envelope = new Attestor(key).sign(subject, name, predicateType, predicate);
        var signed = new SignedEvidence(subject, predicateType, envelope);
        attested.add(signed);
        return signed;
    }

    @Override
    public void warn(String text) {
        warnings.add(text);
    }
}
