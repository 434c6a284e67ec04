package dev.stepzero.core;

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
}
