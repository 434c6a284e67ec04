package dev.stepzero.server.api;

import dev.stepzero.server.access.Access;
import dev.stepzero.server.api.answer.Answer;
import dev.stepzero.server.api.answer.Filters;
import dev.stepzero.server.api.answer.Operation;
import dev.stepzero.server.api.shape.Says;
import dev.stepzero.ship.runs.DeliveryMetrics;
import dev.stepzero.ship.runs.FourKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** DORA's four keys. */
@Controller
class MetricsApi {
    private static final int USUAL = 30;

    private final Access access;
    private final DeliveryMetrics metrics;
    private final Clock clock;

    MetricsApi(Access access, DeliveryMetrics metrics, Clock clock) {
        this.access = access;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Over what. */
    record MetricsQuery(
            @Says("One project; without it all, or the first of those where the caller has roles in some only.")
            Optional<String> project,

            Optional<String> environment,

            @Says(value = "The last days up to today.", least = 1, most = 730, byDefault = "30")
            Optional<Integer> days) {}

    /** The four keys over some time. */
    record KeysRecord(
            @Says("The first day; for a week its Monday, in UTC.")
            LocalDate from,

            @Says("How often a release began to serve by a ship or a rebuild.")
            long deployments,

            @Says("The median time from a commit to its release's serving.")
            Optional<Long> leadTimeMilliseconds,

            @Says(
                    "The share of deployments that failed after they began to serve, or were followed by a rollback, from 0"
                            + " to 1.")
            double failureRate,

            @Says("The median time from a failing release to the next good one.")
            Optional<Long> restoreMilliseconds) {
        static KeysRecord of(FourKeys keys) {
            return new KeysRecord(
                    keys.from(),
                    keys.deployments(),
                    keys.medianLeadTime().map(Duration::toMillis),
                    keys.failureRate(),
                    keys.medianTimeToRestore().map(Duration::toMillis));
        }
    }

    /** The keys over all of the days, and for each week with a deployment. */
    record DeliveryRecord(KeysRecord over, List<KeysRecord> weeks) {}

    @GetMapping("/api/v1/metrics/delivery")
    @Operation("DORA's four keys.")
    Answer<DeliveryRecord> delivery(@Filters MetricsQuery query) {
        var project = access.sight().narrowed(query.project().orElse(""));
        var tomorrow = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
        var from = tomorrow.minusDays(query.days().orElse(USUAL));
        return Answer.of(new DeliveryRecord(
                KeysRecord.of(metrics.over(project, query.environment(), from, tomorrow)),
                metrics.weekly(project, query.environment(), from, tomorrow).stream()
                        .map(KeysRecord::of)
                        .toList()));
    }
}
