package dev.stepzero.ship.engine;

/**
 * A signed statement, ready to be stored.
 *
 * @param subject what it is about: {@code sha256:...} or {@code gitCommit:...}
 * @param predicateType the in-toto predicate type
 * @param envelope the DSSE envelope as JSON
 */
public record SignedEvidence(String subject, String predicateType, String envelope) {}
