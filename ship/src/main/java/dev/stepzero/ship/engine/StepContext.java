package dev.stepzero.ship.engine;

/** What a step sees of the run. */
public interface StepContext {

    /** The run that the step is a part of. */
    Run run();

    /** A value that an earlier step gave. */
    <T> T get(Slot<T> slot);

    /** Gives a value to later steps; each slot that {@link Step#gives()} names must be given before the step ends. */
    <T> void give(Slot<T> slot, T value);

    /** The step's output: recorded, masked and, on a terminal, shown. */
    StepOutput output();

    /** Says in a few words what came of the step, such as {@code 42 tests}; shown behind its name. */
    void summary(String text);

    /**
     * Leaves signed evidence about what this step judged. It is stored with the step's end if that is a judgement:
     * success, or a refusal of the change. What a step said that was cut, or that failed for another reason, is dropped.
     *
     * @param subject {@code sha256:...} of an image or {@code gitCommit:...}
     * @param name what people call the subject
     * @param predicateType the in-toto predicate type
     * @param predicate a record that Jackson can write
     * @return what was signed
     */
    SignedEvidence attest(String subject, String name, String predicateType, Object predicate);

    /** Says something that the user should know though nothing failed, such as a weaker default. */
    void warn(String text);
}
