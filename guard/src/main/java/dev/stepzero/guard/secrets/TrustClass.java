package dev.stepzero.guard.secrets;

import java.util.Locale;

/**
 * How far the code of a run is trusted, decided by where its commit lies and never by what a delivery or the code itself
 * says. Runs of different trust share no cache, no registry and no key.
 */
public enum TrustClass {
    /** It is on the protected branch, or somebody who holds the installation's keys ships it themselves. */
    TRUSTED,
    /** Another branch of the same repository. */
    INTERNAL,
    /** A fork, a deleted one, or nobody knows. */
    FOREIGN;

    /** Whether its steps may have secrets. */
    public boolean mayHaveSecrets() {
        return this == TRUSTED;
    }

    /** The name in tables and JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The trust of a label. */
    public static TrustClass parse(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
