package dev.stepzero.core;

import java.time.LocalDate;

/**
 * A finding that somebody accepted for a time.
 *
 * @param rule the rule's id
 * @param resource which resources it covers: an address in which {@code *} stands for any characters
 * @param owner who answers for it
 * @param reason why it is accepted
 * @param until the last day on which it holds
 */
public record Waiver(String rule, String resource, String owner, String reason, LocalDate until) {}
