package dev.stepzero.ship.engine;

import java.util.Set;
import java.util.function.Predicate;

/** A step that does what a test says. */
record TestStep(String name, Set<Slot<?>> needs, Set<Slot<?>> gives, Predicate<StepContext> holds, Work work)
        implements Step {

    interface Work {
        void run(StepContext context) throws Exception;
    }

    static TestStep named(String name) {
        return new TestStep(name, Set.of(), Set.of(), context -> true, context -> {});
    }

    /** A step that gives a text. */
    static TestStep giving(Slot<String> slot, String value) {
        return named(slot.name()).gives(slot).doing(context -> context.give(slot, value));
    }

    TestStep needs(Slot<?>... slots) {
        return new TestStep(name, Set.of(slots), gives, holds, work);
    }

    TestStep gives(Slot<?>... slots) {
        return new TestStep(name, needs, Set.of(slots), holds, work);
    }

    TestStep holdsWhile(Predicate<StepContext> condition) {
        return new TestStep(name, needs, gives, condition, work);
    }

    TestStep doing(Work action) {
        return new TestStep(name, needs, gives, holds, action);
    }

    @Override
    public Stage stage() {
        return Stage.BUILD;
    }

    @Override
    public boolean stillHolds(StepContext context) {
        return holds.test(context);
    }

    @Override
    public void run(StepContext context) throws Exception {
        work.run(context);
    }
}
