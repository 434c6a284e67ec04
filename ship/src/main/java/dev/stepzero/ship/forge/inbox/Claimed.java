package dev.stepzero.ship.forge.inbox;

import dev.stepzero.ship.forge.Forge;
import java.time.Instant;

/**
 * A delivery that one server has for the time of its lease.
 *
 * @param attempt counts the servers that had it; what an earlier one reports no longer counts
 * @param forge the label of who sent it
 * @param body what was sent, as it is stored
 * @param dueAt when it was to be taken
 */
@SuppressWarnings("ArrayRecordComponent") // read once and compared by nobody
public record Claimed(long id, int attempt, String project, String forge, String event, byte[] body, Instant dueAt) {

    /** Who sent it. @throws dev.stepzero.core.UserError if a newer server knows a forge that we do not */
    Forge sender() {
        return Forge.parse(forge);
    }

    /** What was sent. It may be a hundred times as large as what is stored, so ask for it when it is read. */
    byte[] json() {
        return Deflated.content(body);
    }
}
