package dev.stepzero.ship.forge.inbox;

import dev.stepzero.ship.forge.Forge;
import java.time.Instant;

/**
 * A delivery that one worker has for the time of its lease.
 *
 * @param attempt counts the workers that had it; what an earlier one reports no longer counts
 */
@SuppressWarnings("ArrayRecordComponent") // read once and compared by nobody
public record Claimed(
        long id, int attempt, String project, Forge forge, String event, byte[] json, Instant receivedAt) {}
