package dev.stepzero.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

    /** The threat that reports call so; empty for any other text. */
    public static Optional<Stride> labelled(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(label))
                .findFirst();
    }
}
