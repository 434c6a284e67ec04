package dev.stepzero.ship.forge.inbox;

import java.util.Optional;

/** What became of a delivery at the door. */
public sealed interface Stored {

    /** It is new and waits. */
    record New(long id) implements Stored {}

    /** It was given up before, and waits again because the forge sent it again. */
    record Again(long id) implements Stored {}

    /**
     * It was here before: nothing is done.
     *
     * @param run the run that it led to, if that has begun
     * @param result what became of it, if it was handled
     */
    record Repeat(long id, Optional<Long> run, Optional<String> result) implements Stored {
        /** The answer to the forge. */
        public String answer() {
            return run.map(number -> "already handled as run " + number)
                    .or(() -> result.map(text -> "already handled: " + text))
                    .orElse("already here as delivery " + id);
        }
    }

    /** The forge's id is that of another delivery: somebody took an old id for new content. */
    record Conflict(long id) implements Stored {}
}
