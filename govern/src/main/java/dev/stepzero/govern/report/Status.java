package dev.stepzero.govern.report;

import java.util.Locale;

/** What became of a finding. */
public enum Status {
    /** It counts. */
    OPEN,
    /** Somebody accepted it, by a waiver, beside the code, or in the tool that found it. */
    WAIVED,
    /** It was there before. */
    BASELINE;

    /** The word in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
