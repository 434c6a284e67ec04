package dev.stepzero.ship.engine;

import java.util.Locale;

/**
 * How far the commit of a run is trusted, decided by where it lies and never by what it says. Runs of different trust
 * share no cache, no registry and no key.
 */
public enum Trust {
    /** On the protected branch. */
    TRUSTED,
    /** On another branch of the same repository. */
    INTERNAL,
    /** From a fork, or from where nobody can tell. */
    FOREIGN;

    /** The name in tables and JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The trust of a label. */
    public static Trust parse(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
