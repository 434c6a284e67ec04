package dev.stepzero.scan.vulnerabilities.database;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The dates of HTTP, such as {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
final class HttpDate {
    private HttpDate() {}

    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
