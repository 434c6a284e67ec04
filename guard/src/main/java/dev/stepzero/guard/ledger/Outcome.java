package dev.stepzero.guard.ledger;

import java.util.Locale;

/** How it ended. */
public enum Outcome {
    /** A decision: it may. */
    ALLOWED,
    /** A decision: it may not. */
    DENIED,
    /** A change that was made. */
    SUCCEEDED,
    /** A change that was tried and not made. */
    FAILED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
