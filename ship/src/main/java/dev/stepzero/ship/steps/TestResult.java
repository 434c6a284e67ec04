package dev.stepzero.ship.steps;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stepzero.core.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The predicate of in-toto's test result v0.1. Of the passed tests it says how many there were, not their names: that is
 * an extension, named as in-toto wants it.
 */
record TestResult(
        String result,
        List<Configuration> configuration,
        List<String> failedTests,
        @JsonProperty("stepzero_counts") Counts counts,

        @JsonProperty("stepzero_reason") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String reason) {
    private static final int MOST_NAMED = 500;
    private static final int LONGEST_NAME = 300;

    /** What decided which tests ran: a resource descriptor. */
    record Configuration(String name, Map<String, String> digest, Map<String, String> annotations) {}

    /** Whole numbers, the time in milliseconds. */
    record Counts(int tests, int failed, int skipped, long milliseconds) {}

    static TestResult passed(String command, Counts counts) {
        return new TestResult("PASSED", configuration(command), List.of(), counts, "");
    }

    /**
     * Tests that failed, hung or did not begin.
     *
     * @param names of those that failed; of many, the first
     */
    static TestResult failed(String command, Counts counts, List<String> names, String reason) {
        var named = names.stream()
                .limit(MOST_NAMED)
                .map(name -> name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...")
                .toList();
        return new TestResult("FAILED", configuration(command), named, counts, reason);
    }

    private static List<Configuration> configuration(String command) {
        var digest = Digest.of(command.getBytes(StandardCharsets.UTF_8));
        return List.of(new Configuration("test command", Map.of("sha256", digest.hex()), Map.of("command", command)));
    }
}
