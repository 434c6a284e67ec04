package dev.stepzero.guard.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * What a program shows instead of signing in.
 *
 * @param person whose it is; empty for a machine that proved itself elsewhere
 * @param grant what it may, and where
 * @param writes whether it may change anything, or only read
 * @param used when it was last used, give or take a minute
 * @param usedFrom from which address, or empty
 */
public record ApiToken(
        long id,
        String name,
        Optional<Long> person,
        Grant grant,
        boolean writes,
        Instant created,
        Instant expires,
        Optional<Instant> used,
        String usedFrom) {}
