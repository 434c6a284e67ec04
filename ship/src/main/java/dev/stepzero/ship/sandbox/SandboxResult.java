package dev.stepzero.ship.sandbox;

import java.time.Duration;

/**
 * What came of a command.
 *
 * @param exitCode the command's own, or 128 and the signal's number
 * @param ending what ended it
 * @param duration how long it ran
 * @param outputBytes how much it wrote, with what was left out
 */
public record SandboxResult(int exitCode, Ending ending, Duration duration, long outputBytes) {

    /** The ways in which a command can end. */
    public enum Ending {
        /** By itself, whatever its exit code. */
        EXITED,
        /** It took longer than it may. */
        TIMED_OUT,
        /** It used more memory than it may. */
        OUT_OF_MEMORY,
        /** It wrote more than it may. */
        OUTPUT_LIMIT,
        /** A secret that nothing may show was in what it wrote. */
        CANARY,
        /** By a signal that was not Stepzero's. */
        KILLED
    }

    /** True when the command did its work. */
    public boolean succeeded() {
        return ending == Ending.EXITED && exitCode == 0;
    }
}
