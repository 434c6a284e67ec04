package dev.stepzero.ship.forge.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;

/** When a forge that had too many requests wants the next one. */
final class RateLimit {
    private static final Duration UNSAID = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private RateLimit() {}

    /** Empty if the answer is no complaint about too many requests. */
    static Optional<Instant> of(Reply reply, Instant now) {
        var exhausted = reply.header("X-RateLimit-Remaining")
                .or(() -> reply.header("RateLimit-Remaining"))
                .filter("0"::equals)
                .isPresent();
        var limited = reply.status() == 429
                || (reply.status() == 403
                        && (exhausted || reply.header("Retry-After").isPresent()));
        if (!limited) {
            return Optional.empty();
        }
        var until = retryAfter(reply, now)
                .or(() -> Stream.of("X-RateLimit-Reset", "RateLimit-Reset")
                        .flatMap(name -> reply.header(name).stream())
                        .flatMap(text -> seconds(text).stream())
                        .findFirst()
                        .map(Instant::ofEpochSecond))
                .filter(instant -> !instant.isBefore(now))
                .orElse(now.plus(UNSAID));
        return Optional.of(until.isAfter(now.plus(LONGEST)) ? now.plus(LONGEST) : until);
    }

    private static Optional<Instant> retryAfter(Reply reply, Instant now) {
        return reply.header("Retry-After")
                .flatMap(text -> seconds(text).map(now::plusSeconds).or(() -> date(text)));
    }

    private static Optional<Long> seconds(String text) {
        return text.matches("[0-9]{1,11}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
