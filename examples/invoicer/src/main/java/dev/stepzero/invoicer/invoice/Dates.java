package dev.stepzero.invoicer.invoice;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Points in time as RFC 3339 writes them, kept to the microsecond as PostgreSQL does. */
final class Dates {
    /** Stands for "no date" on the wire and in the database. */
    static final Instant NONE = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final Pattern RFC_3339 = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");

    /** Without trailing zeros in the fraction. */
    private static final DateTimeFormatter WIRE = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendLiteral('Z')
            .toFormatter()
            .withZone(ZoneOffset.UTC);

    private Dates() {}

    static String print(Instant time) {
        return WIRE.format(time);
    }

    /** @throws DateTimeException when the text is no RFC 3339 time of the years 1 to 9999 in UTC */
    static Instant parse(String text) {
        if (!RFC_3339.matcher(text).matches()) {
            throw new DateTimeException("not RFC 3339");
        }
        var exact = OffsetDateTime.parse(text).toInstant();
        var time = exact.plusNanos(500).truncatedTo(ChronoUnit.MICROS);
        if (time.isBefore(NONE) || time.isAfter(LATEST)) {
            throw new DateTimeException("out of range");
        }
        return time;
    }
}
