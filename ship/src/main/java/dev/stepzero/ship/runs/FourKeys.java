package dev.stepzero.ship.runs;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * DORA's four keys over some time (Forsgren, Humble, Kim: Accelerate, 2018, chapter 2; dora.dev/guides/dora-metrics-four-keys,
 * whose names of 2024 are in brackets). A deployment counts once its release serves; what the health checks refuse never
 * reached anybody and counts as none.
 *
 * @param from the first day; for a curve, the Monday of a week, in UTC
 * @param deployments deployment frequency: how often a release began to serve by a ship or a rebuild, and not by a
 *     rollback
 * @param leadTime lead time for changes [change lead time]: the median time from the commit to its release's serving,
 *     or null without any; commits of unknown time count as none
 * @param failureRate change failure rate [change fail rate]: the share of these deployments that failed after their
 *     release began to serve, or that were followed by a rollback; from 0 to 1
 * @param restore time to restore service [failed deployment recovery time]: the median time from when such a release
 *     began to serve to when the next one did that was not itself a failure, or null without any
 */
public record FourKeys(
        LocalDate from,
        long deployments,
        @Nullable Duration leadTime,
        double failureRate,
        @Nullable Duration restore) {

    public Optional<Duration> medianLeadTime() {
        return Optional.ofNullable(leadTime);
    }

    public Optional<Duration> medianTimeToRestore() {
        return Optional.ofNullable(restore);
    }
}
