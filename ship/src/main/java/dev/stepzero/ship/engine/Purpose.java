package dev.stepzero.ship.engine;

import java.util.Locale;

/** What a run is for. */
public enum Purpose {
    /** Takes a commit to an environment. */
    SHIP,
    /** Tests and judges a commit, and publishes nothing. */
    VERIFY;

    /** The name in tables and JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The purpose of a label. */
    public static Purpose parse(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
