package dev.stepzero.ship.steps;

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
        @JsonProperty("stepzero_counts") Counts counts) {

    /** What decided which tests ran: a resource descriptor. */
    record Configuration(String name, Map<String, String> digest, Map<String, String> annotations) {}

    /** Whole numbers, the time in milliseconds. */
    record Counts(int tests, int skipped, long milliseconds) {}

    static TestResult passed(String command, int tests, int skipped, long milliseconds) {
        var digest = Digest.of(command.getBytes(StandardCharsets.UTF_8));
        return new TestResult(
                "PASSED",
                List.of(new Configuration("test command", Map.of("sha256", digest.hex()), Map.of("command", command))),
                List.of(),
                new Counts(tests, skipped, milliseconds));
    }
}
