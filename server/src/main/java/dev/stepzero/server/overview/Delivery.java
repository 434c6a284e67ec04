package dev.stepzero.server.overview;

import dev.stepzero.server.page.Curve;
import dev.stepzero.server.page.Words;
import dev.stepzero.ship.runs.FourKeys;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * DORA's four keys as the overview shows them.
 *
 * @param days over how many days the numbers are
 * @param weeks over how many weeks the curves are
 */
public record Delivery(List<Key> keys, int days, int weeks) {
    public Delivery {
        keys = List.copyOf(keys);
    }

    /**
     * One key.
     *
     * @param value as people say it
     * @param definition what is counted, and how
     */
    public record Key(String name, String value, String definition, Curve curve) {}

    static Delivery of(FourKeys all, List<FourKeys> weekly, LocalDate since, int weeks, int days) {
        var each = byWeek(weekly, since, weeks);
        return new Delivery(
                List.of(
                        new Key(
                                "Deployment frequency",
                                frequency(all.deployments(), days),
                                "How often a release began to serve by a ship or a rebuild; rollbacks do not count.",
                                curve(each, key -> (double) key.deployments(), 0.0)),
                        new Key(
                                "Lead time for changes",
                                all.medianLeadTime().map(Words::length).orElse("none yet"),
                                "The median time from a commit to its release's serving.",
                                curve(each, key -> seconds(key.medianLeadTime()), null)),
                        new Key(
                                "Change failure rate",
                                all.deployments() == 0 ? "none yet" : Words.percent(all.failureRate()),
                                "The share of deployments that failed after they began to serve, or that were followed"
                                        + " by a rollback.",
                                curve(each, FourKeys::failureRate, null)),
                        new Key(
                                "Time to restore service",
                                all.medianTimeToRestore().map(Words::length).orElse("none needed"),
                                "The median time from when a failing release began to serve to when the next good one"
                                        + " did.",
                                curve(each, key -> seconds(key.medianTimeToRestore()), null))),
                days,
                weeks);
    }

    private static String frequency(long deployments, int days) {
        var aWeek = deployments * 7.0 / days;
        return deployments == 0
                ? "none yet"
                : aWeek >= 7 ? "%.1f a day".formatted(aWeek / 7) : "%.1f a week".formatted(aWeek);
    }

    private static List<Optional<FourKeys>> byWeek(List<FourKeys> weekly, LocalDate since, int weeks) {
        var monday = since.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        var each = new ArrayList<Optional<FourKeys>>();
        for (var week = 0; week <= weeks; week++) {
            var first = monday.plusWeeks(week);
            each.add(weekly.stream().filter(key -> key.from().equals(first)).findFirst());
        }
        return each;
    }

    private static Curve curve(
            List<Optional<FourKeys>> weeks, Function<FourKeys, @Nullable Double> value, @Nullable Double without) {
        var values = new ArrayList<@Nullable Double>();
        for (var week : weeks) {
            values.add(week.isPresent() ? value.apply(week.get()) : without);
        }
        return new Curve(values);
    }

    private static @Nullable Double seconds(Optional<Duration> length) {
        return length.isPresent() ? (double) length.get().toSeconds() : null;
    }
}
