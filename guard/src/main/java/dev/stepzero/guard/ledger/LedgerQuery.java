package dev.stepzero.guard.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which entries are wanted. Everything that is not empty must hold. Answers come newest first; the next page begins
 * before the last number of this one, so that a page costs the same wherever it is.
 *
 * @param before only entries of a lower number
 * @param from the earliest time at which it was written down
 * @param until the first time at which it is too late
 * @param limit entries of a page, 1 to 1,000
 */
public record LedgerQuery(
        Optional<String> principal,
        Optional<String> action,
        Optional<String> type,
        Optional<String> object,
        Optional<String> project,
        Optional<String> environment,
        Optional<Outcome> outcome,
        Optional<Instant> from,
        Optional<Instant> until,
        OptionalLong before,
        int limit) {
    /** The largest page. */
    public static final int LARGEST = 1000;

    public LedgerQuery {
        if (limit < 1 || limit > LARGEST) {
            throw new IllegalArgumentException("a page has 1 to %d entries and not %d".formatted(LARGEST, limit));
        }
    }

    /** The newest entries, whatever they are. */
    public static LedgerQuery newest(int limit) {
        Optional<String> any = Optional.empty();
        return new LedgerQuery(
                any,
                any,
                any,
                any,
                any,
                any,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                limit);
    }

    /** The page behind an entry. */
    public LedgerQuery before(long number) {
        return new LedgerQuery(
                principal,
                action,
                type,
                object,
                project,
                environment,
                outcome,
                from,
                until,
                OptionalLong.of(number),
                limit);
    }
}
