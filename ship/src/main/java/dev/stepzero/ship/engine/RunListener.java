package dev.stepzero.ship.engine;

/** Watches a run, for instance to show it on a terminal. Calls come from several threads, one at a time. */
public interface RunListener {

    /** This process may begin a run, or go on with one: nobody else can now. What this throws keeps it from that. */
    default void runBegins() {}

    /** The run begins or goes on; steps that an earlier process completed follow as {@link #stepKept}. */
    default void runStarted(Run run, Pipeline pipeline) {}

    /** A step that succeeded in an earlier process and is not repeated. */
    default void stepKept(Step step, StepRecord earlier) {}

    default void stepStarted(Step step) {}

    /** A line of output, already masked. */
    default void stepOutput(Step step, String line) {}

    default void stepEnded(Step step, StepRecord outcome) {}

    default void runEnded(Run run, RunStatus status) {}
}
