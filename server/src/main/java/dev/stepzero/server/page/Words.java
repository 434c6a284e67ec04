package dev.stepzero.server.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times, lengths and numbers as people say them. */
public final class Words {
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int SHORT_COMMIT = 10;

    private Words() {}

    /** An instant, exactly. */
    public static String exact(Instant at) {
        return EXACT.format(at);
    }

    public static String day(LocalDate day) {
        return DAY.format(day.atStartOfDay(ZoneOffset.UTC));
    }

    /** How long it is until something: {@code in 3 h}, {@code in 12 days}. */
    public static String until(Instant at, Instant now) {
        var left = Duration.between(now, at);
        if (left.isNegative()) {
            return ago(at, now);
        }
        return left.compareTo(Duration.ofMinutes(1)) < 0 ? "in less than a minute" : "in " + rough(left);
    }

    /** How long ago something was. */
    public static String ago(Instant at, Instant now) {
        var past = Duration.between(at, now);
        if (past.compareTo(Duration.ofMinutes(1)) < 0) {
            return "just now";
        }
        return past.compareTo(Duration.ofDays(30)) > 0 ? DAY.format(at) : rough(past) + " ago";
    }

    private static String rough(Duration length) {
        if (length.toDays() > 0) {
            return length.toDays() == 1 ? "1 day" : length.toDays() + " days";
        }
        return length.toHours() > 0 ? length.toHours() + " h" : length.toMinutes() + " min";
    }

    /** How long something takes: {@code 0.4 s}, {@code 12 s}, {@code 3 min 20 s}, {@code 2 h 5 min}, {@code 3.5 days}. */
    public static String length(Duration length) {
        if (length.compareTo(Duration.ofSeconds(10)) < 0) {
            return "%.1f s".formatted(length.toMillis() / 1000.0);
        }
        if (length.toMinutes() == 0) {
            return length.toSeconds() + " s";
        }
        if (length.toHours() == 0) {
            return length.toSecondsPart() == 0
                    ? length.toMinutes() + " min"
                    : "%d min %d s".formatted(length.toMinutes(), length.toSecondsPart());
        }
        return length.toDays() == 0
                ? "%d h %d min".formatted(length.toHours(), length.toMinutesPart())
                : "%.1f days".formatted(length.toHours() / 24.0);
    }

    /** A length of which a part may still run. */
    public static String length(Instant from, Instant until) {
        var length = Duration.between(from, until).truncatedTo(ChronoUnit.MILLIS);
        return length(length.isNegative() ? Duration.ZERO : length);
    }

    public static String percent(double share) {
        return "%.0f %%".formatted(100 * share);
    }

    public static String commit(String id) {
        return id.substring(0, Math.min(SHORT_COMMIT, id.length()));
    }

    /** A digest of which the beginning is enough. */
    public static String digest(String digest) {
        return digest.substring(0, Math.min("sha256:".length() + SHORT_COMMIT, digest.length()));
    }

    public static String number(long number) {
        return "%,d".formatted(number);
    }
}
