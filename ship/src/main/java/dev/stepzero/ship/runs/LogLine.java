package dev.stepzero.ship.runs;

/**
 * A line that a step wrote.
 *
 * @param id counts up within a run; a reader goes on behind the last one that it has
 * @param attempt the attempt of the step that wrote it, from 1
 */
public record LogLine(long id, String step, int attempt, String text) {}
