package dev.stepzero.ship.forge.own;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A change that is proposed to a repository of our own.
 *
 * @param target the short name of the branch that it goes to
 * @param head the commit that is proposed, which {@code refs/reviews/NUMBER/head} has
 * @param title the first line of that commit's message
 * @param author the account that pushed it
 * @param moved when the head came
 * @param end how it ended; empty while it is open
 */
public record ReviewRequest(
        String project,
        long number,
        String target,
        String head,
        String title,
        String author,
        State state,
        Instant opened,
        Instant moved,
        Optional<End> end) {

    /** How it stands. */
    public enum State {
        OPEN,
        MERGED,
        CLOSED;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State parse(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Its end.
     *
     * @param merged the commit by which it came into its target, if it did
     */
    public record End(String by, Instant at, Optional<String> merged) {}

    public boolean isOpen() {
        return state == State.OPEN;
    }

    public String ref() {
        return "refs/reviews/%d/head".formatted(number);
    }
}
