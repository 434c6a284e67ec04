package dev.stepzero.scan.vulnerabilities;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import dev.stepzero.scan.vulnerabilities.database.Catalogue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How old the advisories are that a report rests on. */
final class Freshness {
    private static final String RULE = "stepzero-database-too-old";

    private final Clock clock;
    private final Optional<Integer> maxDays;

    Freshness(Clock clock, Optional<Integer> maxDays) {
        this.clock = clock;
        this.maxDays = maxDays;
    }

    /** A sentence for the report. */
    String note(Catalogue catalogue, Collection<String> ecosystems) {
        var parts = new TreeMap<String, String>();
        for (var ecosystem : ecosystems) {
            catalogue
                    .asOf(ecosystem)
                    .ifPresent(asOf -> parts.put(
                            ecosystem,
                            "%s %s (%s)".formatted(ecosystem, LocalDate.ofInstant(asOf, ZoneOffset.UTC), age(asOf))));
        }
        var text = parts.isEmpty() ? "none" : String.join(", ", parts.values());
        return "packages: advisories as of %s%s%s"
                .formatted(
                        text,
                        table(", exploited vulnerabilities (KEV)", catalogue.exploited()),
                        table(", probabilities (EPSS)", catalogue.probabilities()));
    }

    private static String table(String name, Optional<Catalogue.Table> table) {
        return table.map(each -> "%s %.10s"
                        .formatted(
                                name,
                                each.published().isEmpty() ? each.imported().toString() : each.published()))
                .orElse("");
    }

    private String age(Instant asOf) {
        long days = days(asOf);
        return days == 0 ? "today" : days == 1 ? "1 day old" : days + " days old";
    }

    private long days(Instant asOf) {
        return Math.max(0, Duration.between(asOf, clock.instant()).toDays());
    }

    /** A finding where the policy sets an age and advisories are older, or there are none of that age. */
    Optional<Finding> tooOld(Optional<Catalogue> catalogue, Collection<String> ecosystems) {
        if (maxDays.isEmpty()) {
            return Optional.empty();
        }
        int most = maxDays.get();
        var old = ecosystems.stream()
                .sorted()
                .filter(each -> catalogue
                        .flatMap(known -> known.asOf(each))
                        .map(asOf -> days(asOf) > most)
                        .orElse(true))
                .collect(Collectors.joining(", "));
        if (catalogue.isPresent() && old.isEmpty()) {
            return Optional.empty();
        }
        var message = catalogue.isEmpty()
                ? "there is no vulnerability database, and the policy wants one of at most %d days".formatted(most)
                : "the advisories of %s are older than the %d days that the policy allows, or there are none"
                        .formatted(old, most);
        return Optional.of(new Finding(
                RULE,
                List.of(),
                "The advisories are too old to trust a clean result",
                Severity.CRITICAL,
                Location.of("vulnerability-database"),
                message,
                "Refresh the database: stepzero db update, or stepzero db import PATH.",
                List.of(),
                List.of(1104),
                Set.of(Stride.REPUDIATION),
                List.of(),
                Finding.fingerprint(RULE, "vulnerability-database", "")));
    }
}
