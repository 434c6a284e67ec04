package dev.stepzero.ship.sandbox;

import java.time.Duration;

/**
 * How a command ended.
 *
 * @param exitCode what it answered; 128 plus the signal where one ended it
 * @param ending why it ended
 * @param duration wall-clock time
 */
public record SandboxResult(int exitCode, Ending ending, Duration duration) {

    /** Why a command ended. */
    public enum Ending {
        EXITED,
        TIMED_OUT,
        OUT_OF_MEMORY,
        OUTPUT_LIMIT
    }
}
