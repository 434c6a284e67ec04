package dev.stepzero.scan.vulnerabilities.cvss;

import dev.stepzero.core.Severity;
import java.util.Optional;

/**
 * The score of a vector.
 *
 * @param version {@code 2.0}, {@code 3.0}, {@code 3.1} or {@code 4.0}
 * @param score from 0.0 to 10.0, in tenths
 */
public record Cvss(String version, double score) {
    private static final int LONGEST = 500;

    /**
     * Scores a vector of any version. Of version 4 all metrics count, of the older ones the base metrics.
     *
     * @return empty where the text is no vector, lacks a base metric or gives one a value that there is not
     */
    public static Optional<Cvss> of(String vector) {
        if (vector.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(scored(vector));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Cvss scored(String vector) {
        if (vector.startsWith("CVSS:4.0/")) {
            return new Cvss("4.0", new Version4(Metrics.parse(vector.substring(9))).score());
        }
        if (vector.startsWith("CVSS:3.1/") || vector.startsWith("CVSS:3.0/")) {
            var version = vector.substring(5, 8);
            return new Cvss(version, Version3.score(Metrics.parse(vector.substring(9)), version.equals("3.1")));
        }
        return new Cvss("2.0", Version2.score(Metrics.parse(vector)));
    }

    /** What the score is called: from version 3 on as the standard says, of version 2 as the NVD does. */
    public Severity severity() {
        if (score >= 9 && !version.equals("2.0")) {
            return Severity.CRITICAL;
        }
        if (score >= 7) {
            return Severity.HIGH;
        }
        return score >= 4 ? Severity.MEDIUM : Severity.LOW;
    }
}
