package dev.stepzero.ship.engine;

/**
 * What makes two runs the same piece of work: a run that was cut is resumed by a command with an equal key.
 *
 * @param project the application's name
 * @param environment where the run leads to
 * @param target the kind of place that the environment stands in
 * @param commit the full commit id
 * @param pipeline digest of what the pipeline is made of
 */
public record RunKey(String project, String environment, String target, String commit, String pipeline) {}
