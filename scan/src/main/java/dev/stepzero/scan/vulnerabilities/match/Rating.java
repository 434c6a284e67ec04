package dev.stepzero.scan.vulnerabilities.match;

import dev.stepzero.core.Severity;
import dev.stepzero.scan.vulnerabilities.cvss.Cvss;
import dev.stepzero.scan.vulnerabilities.database.Exploitation;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How bad a vulnerability is, and who says so.
 *
 * @param because a clause such as {@code CVSS 3.1 base score 7.5}
 */
public record Rating(Severity severity, String because) {
    private static final Comparator<Cvss> NEWEST_WORST =
            Comparator.comparing(Cvss::version).thenComparingDouble(Cvss::score);
    /** From this probability on a vulnerability is one step worse: fewer than one in fifty get there. */
    private static final double LIKELY = 0.5;

    /**
     * Judges what advisories say: the newest version of CVSS, of several scores the worst; else the worst word.
     *
     * @param ratings vectors, scores and words
     */
    static Rating of(List<String> ratings) {
        var newest = ratings.stream()
                .flatMap(each -> Cvss.of(each).stream())
                .max(NEWEST_WORST)
                .map(cvss -> new Rating(cvss.severity(), "CVSS %s score %.1f".formatted(cvss.version(), cvss.score())));
        return newest.or(() -> ratings.stream()
                        .flatMap(each -> word(each).stream())
                        .max(Comparator.comparing(Rating::severity)))
                .orElse(new Rating(Severity.MEDIUM, "no advisory rates it"));
    }

    private static Optional<Rating> word(String rating) {
        if (rating.matches("[0-9]{1,2}([.][0-9]+)?")) {
            double score = Double.parseDouble(rating);
            return score > 10
                    ? Optional.empty()
                    : Optional.of(new Rating(new Cvss("", score).severity(), "CVSS score %.1f".formatted(score)));
        }
        var severity = switch (rating.toLowerCase(Locale.ROOT)) {
            case "critical" -> Severity.CRITICAL;
            case "high", "important" -> Severity.HIGH;
            case "medium", "moderate" -> Severity.MEDIUM;
            case "low", "minor", "negligible", "unimportant" -> Severity.LOW;
            default -> null;
        };
        return Optional.ofNullable(severity)
                .map(each -> new Rating(each, "rated '%s'".formatted(rating.toLowerCase(Locale.ROOT))));
    }

    /** The same, worse where attackers use it or probably will. */
    Rating raised(Exploitation exploitation) {
        if (exploitation.known().isPresent() && severity != Severity.CRITICAL) {
            return new Rating(Severity.CRITICAL, because + ", raised because it is exploited");
        }
        boolean likely =
                exploitation.probability().filter(each -> each >= LIKELY).isPresent();
        if (likely && severity != Severity.CRITICAL) {
            return new Rating(worse(severity), because + ", raised because exploitation is likely");
        }
        return this;
    }

    private static Severity worse(Severity severity) {
        return switch (severity) {
            case LOW -> Severity.MEDIUM;
            case MEDIUM -> Severity.HIGH;
            case HIGH, CRITICAL -> Severity.CRITICAL;
        };
    }

    static Rating malicious() {
        return new Rating(Severity.CRITICAL, "the package itself is malicious");
    }
}
