package dev.stepzero.ship.waivers;

import dev.stepzero.core.Waiver;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A waiver that somebody asked for, and what became of it.
 *
 * @param finding the finding that it was asked for
 * @param rule the rule that it accepts, and {@code resource} where
 * @param lastDay the last day on which it holds
 * @param decider who granted or refused it, or null
 * @param decided when, or null
 * @param note what they said to it, or empty
 */
public record AskedWaiver(
        long id,
        String project,
        long finding,
        String rule,
        String resource,
        String reason,
        LocalDate lastDay,
        State state,
        String askedBy,
        Instant askedAt,
        @Nullable String decider,
        @Nullable Instant decided,
        String note) {

    /** How it stands. */
    public enum State {
        ASKED,
        GRANTED,
        REFUSED,
        WITHDRAWN;

        /** The name in tables and pages. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State parse(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    public Optional<String> decidedBy() {
        return Optional.ofNullable(decider);
    }

    public Optional<Instant> decidedAt() {
        return Optional.ofNullable(decided);
    }

    /** As the gate takes it. */
    public Waiver waiver() {
        return new Waiver(rule, resource, decidedBy().orElse(askedBy), reason, lastDay);
    }
}
