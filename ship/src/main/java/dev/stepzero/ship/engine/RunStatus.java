package dev.stepzero.ship.engine;

import java.util.Locale;

/** How a run or a step stands. */
public enum RunStatus {
    RUNNING,
    /** Stopped by the user; the same command goes on with it. */
    INTERRUPTED,
    /** Something around it failed, such as a registry; the same command goes on at the step that failed. */
    STALLED,
    SUCCEEDED,
    /** The change itself was refused: failed tests, the gate, a rollback. */
    BLOCKED,
    /** A fault of Stepzero's own. */
    FAILED,
    /** Another commit took the run's place, or the step has to run again since what it gave is gone. */
    ABANDONED;

    /** Whether the same command goes on with such a run instead of starting anew. */
    public boolean resumable() {
        return this == RUNNING || this == INTERRUPTED || this == STALLED;
    }

    /** The name in tables and JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RunStatus parse(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
