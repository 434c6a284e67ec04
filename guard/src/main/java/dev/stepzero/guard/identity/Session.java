package dev.stepzero.guard.identity;

import java.time.Instant;
import java.util.Set;

/**
 * A place where somebody is signed in.
 *
 * @param address where it was last used from
 * @param agent what the browser called itself when it signed in, shortened
 * @param seen when it was last used, give or take a minute
 */
public record Session(
        long id,
        long person,
        Set<Factor> factors,
        String address,
        String agent,
        Instant created,
        Instant seen,
        Instant expires) {}
