package dev.stepzero.server.overview;

import dev.stepzero.ship.runs.DeliveryMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The four keys, computed once for all who look within half a minute: over tens of thousands of deployments that takes
 * longer than a page may.
 */
@Component
class DeliveryBoard {
    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final int DAYS = 30;
    private static final int WEEKS = 12;

    private final DeliveryMetrics metrics;
    private final Clock clock;
    private final Map<String, Computed> recent = new ConcurrentHashMap<>();

    DeliveryBoard(DeliveryMetrics metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    private record Computed(Delivery delivery, Instant at) {}

    /**
     * The keys of a project.
     *
     * @param project one that exists; empty: of all
     */
    Delivery of(Optional<String> project) {
        var now = clock.instant();
        return recent.compute(
                        project.orElse(""),
                        (name, before) -> before == null || isOld(before, now)
                                ? new Computed(computed(project, now), now)
                                : before)
                .delivery();
    }

    private static boolean isOld(Computed computed, Instant now) {
        return Duration.between(computed.at(), now).abs().compareTo(KEPT) >= 0;
    }

    private Delivery computed(Optional<String> project, Instant now) {
        var tomorrow = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
        var since = tomorrow.minusWeeks(WEEKS);
        return Delivery.of(
                metrics.over(project, Optional.empty(), tomorrow.minusDays(DAYS), tomorrow),
                metrics.weekly(project, Optional.empty(), since, tomorrow),
                since,
                WEEKS,
                DAYS);
    }
}
