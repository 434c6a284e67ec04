package dev.stepzero.ship.engine;

import java.util.List;

/** What happens to a run while its thread waits. */
sealed interface RunEvent {

    /** The caller wants no more. */
    record Cancelled(InterruptedException cause) implements RunEvent {}

    /** A step wrote so many lines that they are worth a write. */
    record Lines(OutputRecorder recorder, List<String> lines) implements RunEvent {}

    /** A step ended. */
    record Ended(StepAttempt.Ended end) implements RunEvent {}
}
