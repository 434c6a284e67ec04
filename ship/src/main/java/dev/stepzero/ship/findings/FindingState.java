package dev.stepzero.ship.findings;

import java.util.Locale;

/** How a finding was judged last. */
public enum FindingState {
    OPEN,
    /** Somebody accepted it for a time. */
    WAIVED,
    /** It was there before anybody began to look. */
    BASELINE,
    /** A statement says that it does not matter. */
    SETTLED;

    /** The name in tables and JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FindingState parse(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
