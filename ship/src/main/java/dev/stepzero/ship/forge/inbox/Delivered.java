package dev.stepzero.ship.forge.inbox;

import java.time.Instant;
import java.util.Optional;

/**
 * A stored delivery, as people look at it.
 *
 * @param event what the forge calls it
 * @param source the address that it came from
 * @param result what became of it, or why its last attempt failed
 * @param run the run that it led to
 */
public record Delivered(
        long id,
        String event,
        Optional<String> delivery,
        String source,
        Instant received,
        State state,
        int attempts,
        Optional<String> result,
        Optional<Long> run) {

    /** Where it stands. */
    public enum State {
        WAITING,
        WORKING,
        HANDLED,
        /** Given up, until somebody has it worked on again or the forge sends it again. */
        PARKED;

        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public boolean isOver() {
        return state == State.HANDLED || state == State.PARKED;
    }
}
