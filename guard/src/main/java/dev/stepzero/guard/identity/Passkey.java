package dev.stepzero.guard.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * A passkey of somebody's, as its owner sees it.
 *
 * @param name what its owner calls it
 */
public record Passkey(long id, String name, Instant created, Optional<Instant> used) {}
