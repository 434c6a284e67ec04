package dev.stepzero.govern.gate;

import dev.stepzero.core.Waiver;

/**
 * A waiver and where it is written.
 *
 * @param file the path as reports call it
 * @param line counted from 1; 0 where it is not known
 */
public record WrittenWaiver(Waiver waiver, String file, int line) {}
