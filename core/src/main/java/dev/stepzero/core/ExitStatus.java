package dev.stepzero.core;

/** How a command ended, as scripts see it. */
public enum ExitStatus {
    /** Nothing blocks. */
    PASSED(0),
    /** The gate, a failed test or a rolled-back deployment blocks. */
    BLOCKED(1),
    /** The command line was wrong. */
    USAGE(2),
    /** The input could not be read. */
    UNREADABLE(3),
    /** A needed engine (container runtime, registry, database) is not there or fails. */
    ENGINE(4),
    /** A fault of Stepzero's own. */
    FAULT(70),
    /** The user interrupted the command (128 + SIGINT, as shells report it). */
    INTERRUPTED(130);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
