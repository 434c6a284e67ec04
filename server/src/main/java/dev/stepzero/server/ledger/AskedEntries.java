package dev.stepzero.server.ledger;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.ledger.LedgerQuery;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.server.page.Query;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a reader of the ledger asks for, as the address says it. Empty texts ask for nothing.
 *
 * @param from a day or a minute in UTC, the first that counts
 * @param until a day or a minute in UTC; the day counts, the minute is the first that does not
 */
record AskedEntries(
        String who,
        String action,
        String type,
        String object,
        String environment,
        String outcome,
        String from,
        String until) {
    private static final String DAY = "2026-12-31";

    LedgerQuery query(Optional<String> project, Optional<Long> before, int most) {
        return new LedgerQuery(
                text(who),
                text(action),
                text(type),
                text(object),
                project,
                text(environment),
                text(outcome).map(AskedEntries::outcome),
                text(from).map(each -> time(each, 0)),
                text(until).map(each -> time(each, 1)),
                before.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                most);
    }

    Query address(Optional<String> project) {
        var asked = new LinkedHashMap<String, String>();
        asked.put("project", project.orElse(""));
        asked.put("who", who.strip());
        asked.put("action", action.strip());
        asked.put("type", type.strip());
        asked.put("object", object.strip());
        asked.put("environment", environment.strip());
        asked.put("outcome", outcome);
        asked.put("from", from.strip());
        asked.put("until", until.strip());
        return new Query("/ledger", asked);
    }

    private static Optional<String> text(String asked) {
        return Optional.of(asked.strip()).filter(text -> !text.isEmpty());
    }

    private static Outcome outcome(String label) {
        return Arrays.stream(Outcome.values())
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() ->
                        UserError.usage("nothing ends '%.40s'".formatted(label)).fix("choose one of the list"));
    }

    private static Instant time(String text, int days) {
        try {
            return text.length() == DAY.length()
                    ? LocalDate.parse(text)
                            .plusDays(days)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : LocalDateTime.parse(text.replaceFirst("Z$", "")).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw UserError.usage("'%.40s' is no time".formatted(text))
                    .fix("write 2026-12-31 or 2026-12-31T18:00")
                    .because(e);
        }
    }
}
