package dev.stepzero.scan.vulnerabilities.vex;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Texts of documents, for people to read on a terminal. */
final class Text {
    private static final int LONGEST = 500;

    private Text() {}

    /** A time in RFC 3339. */
    static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static String joined(String... parts) {
        var text = Arrays.stream(parts)
                .map(part -> part.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(": "));
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
