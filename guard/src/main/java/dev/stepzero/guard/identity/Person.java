package dev.stepzero.guard.identity;

import java.time.Instant;

/**
 * Somebody who may sign in.
 *
 * @param name what they sign in with; unique without regard to case
 * @param displayName what others see
 * @param email where commits of theirs say they come from, or empty
 * @param active whether they may sign in at all
 */
public record Person(long id, String name, String displayName, String email, boolean active, Instant created) {}
