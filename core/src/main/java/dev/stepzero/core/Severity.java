package dev.stepzero.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How bad a finding is, mildest first, so that {@code compareTo} orders by weight. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** True when this is as bad as the threshold or worse. */
    public boolean atLeast(Severity threshold) {
        return compareTo(threshold) >= 0;
    }

    /** The name as rules, settings and reports write it: {@code high}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The severity that is written so; empty for any other text. */
    public static Optional<Severity> labelled(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(label))
                .findFirst();
    }
}
