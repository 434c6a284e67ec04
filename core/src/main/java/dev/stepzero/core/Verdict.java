package dev.stepzero.core;

import java.util.List;

/**
 * What the gate answers.
 *
 * @param decision pass, warn or block
 * @param reasons why, one sentence each, the weightiest first; empty when it passes without remark
 * @param open findings that count, the worst first
 * @param waived findings that somebody accepted, each still listed
 */
public record Verdict(Decision decision, List<String> reasons, List<Finding> open, List<Finding> waived) {

    /** The gate's three answers. */
    public enum Decision {
        PASS,
        WARN,
        BLOCK
    }

    public Verdict {
        reasons = List.copyOf(reasons);
        open = List.copyOf(open);
        waived = List.copyOf(waived);
    }
}
