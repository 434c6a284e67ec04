package dev.stepzero.guard.secrets;

import java.time.Instant;

/** Hears of everything that happens to secrets, before it happens: what it refuses to hear does not happen. */
public interface SecretListener {

    /** Hears nothing. */
    SecretListener NONE = new SecretListener() {
        @Override
        public void used(SecretUse use) {}

        @Override
        public void changed(SecretChange change) {}
    };

    /** A step asked for a secret. */
    void used(SecretUse use);

    /** Somebody changed a secret. */
    void changed(SecretChange change);

    /**
     * That a step asked for a secret.
     *
     * @param id which
     * @param version the newest that it is to get; 0 where it gets none
     * @param run the run and whatever else names the use
     * @param trust how far the run's code is trusted
     * @param given whether it gets it
     */
    record SecretUse(SecretId id, int version, String run, TrustClass trust, boolean given, Instant at) {}

    /** That a secret is about to be changed, and by whom. */
    record SecretChange(SecretId id, Kind kind, int version, String by, Instant at) {
        /** What is done to it. */
        public enum Kind {
            CREATED,
            ROTATED,
            REMOVED,
            REWRAPPED
        }
    }
}
