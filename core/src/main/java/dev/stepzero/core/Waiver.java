package dev.stepzero.core;

import java.time.LocalDate;

/**
 * A finding that somebody accepted for a time.
 *
 * @param rule the rule's id or its alias in another tool, in which {@code *} stands for any characters and {@code ?} for
 *     one
 * @param resource which resources it covers: an address, with the same wildcards
 * @param owner who answers for it
 * @param reason why it is accepted
 * @param until the last day on which it holds
 */
public record Waiver(String rule, String resource, String owner, String reason, LocalDate until) {

    /** Refuses a waiver that nobody answers for or that says no reason with a {@link UserError}. */
    public Waiver {
        require("rule", rule);
        require("resource", resource);
        require("owner", owner);
        require("reason", reason);
    }

    private static void require(String part, String value) {
        if (value.isBlank()) {
            throw UserError.unreadable("a waiver has no " + part)
                    .fix("give every waiver a rule, an owner, a reason and a last day");
        }
    }
}
