package dev.stepzero.ship.review;

import dev.stepzero.ship.engine.RunSummary;

/**
 * A pull request that was verified and is not shipped yet.
 *
 * @param number its number at the forge
 * @param verified its latest verification, of the commit that is to be looked at
 * @param approvals how many said last of this very commit that it is good; those of its authors are among them
 * @param objections how many ask for changes
 */
public record WaitingChange(long number, RunSummary verified, int approvals, int objections) {}
