package dev.stepzero.ship.findings;

import java.time.Instant;

/**
 * A run that saw a finding.
 *
 * @param commit what the run was about
 * @param state how the finding was judged then
 */
public record Sighting(long run, String commit, Instant at, FindingState state) {}
