package dev.stepzero.guard.federation;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody's account at another sign-in service.
 *
 * @param issuer the service's own name, an URL
 * @param subject the account's name there, which never means somebody else later
 * @param called what the service called the account when it was last seen; others may be called the same
 */
public record FederatedIdentity(
        long id, String issuer, String subject, long person, String called, Instant linked, Optional<Instant> used) {}
