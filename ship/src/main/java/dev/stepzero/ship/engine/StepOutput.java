package dev.stepzero.ship.engine;

/** Where a step's lines go. Safe for use by several threads. */
@FunctionalInterface
public interface StepOutput {

    /** Takes one line without its line feed. */
    void line(String text);
}
