package dev.stepzero.core;

import java.util.Locale;

/** The six kinds of threat of Microsoft's STRIDE model. */
public enum Stride {
    SPOOFING,
    TAMPERING,
    REPUDIATION,
    INFORMATION_DISCLOSURE,
    DENIAL_OF_SERVICE,
    ELEVATION_OF_PRIVILEGE;

    /** The name as reports write it: {@code elevation-of-privilege}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
