package dev.stepzero.ship.engine;

import java.time.Instant;

/**
 * One commit going through the pipeline.
 *
 * @param id counts up over all projects
 * @param key what it is about
 * @param startedAt when it began for the first time
 * @param resumed whether this process goes on with what another one began
 */
public record Run(long id, RunKey key, Instant startedAt, boolean resumed) {}
