package dev.stepzero.ship.engine;

/**
 * A named, typed value that one step gives and others need. It is stored as JSON between steps, so the type must be a
 * record or another type that Jackson reads back as it wrote it.
 *
 * @param name unique in a pipeline
 * @param type the value's class
 */
public record Slot<T>(String name, Class<T> type) {}
