package dev.stepzero.guard.secrets;

/** How far the code of a run is trusted, as the forge tells and never the payload or the code itself. */
public enum TrustClass {
    /** It is on a protected branch, or somebody who holds the installation's keys ships it themselves. */
    TRUSTED,
    /** Another branch of the same repository. */
    INTERNAL,
    /** A fork, a deleted one, or nobody knows. */
    FOREIGN;

    /** Whether its steps may have secrets. */
    public boolean mayHaveSecrets() {
        return this == TRUSTED;
    }
}
