package dev.stepzero.ship.runs;

import java.time.Duration;

/**
 * How long a stage took, from the first of its steps that began to the last that ended. Stages overlap.
 *
 * @param stage its label
 * @param afterStart when it began, after the run's own beginning
 * @param share of the fifteen minutes that a change may take, from 0 upwards
 */
public record StageTime(String stage, Duration afterStart, Duration took, double share) {}
