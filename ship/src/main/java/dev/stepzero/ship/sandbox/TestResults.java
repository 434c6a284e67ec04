package dev.stepzero.ship.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What test reports say together.
 *
 * @param tests how many cases ran or were skipped
 * @param failed how many failed or ended with an error
 * @param skipped how many did not run
 * @param duration the sum of the cases' times
 * @param failures the failed cases, as many as are worth reading
 * @param problems reports that could not be read, one sentence each
 */
public record TestResults(
        int tests, int failed, int skipped, Duration duration, List<FailedTest> failures, List<String> problems) {
    /** No report at all. */
    public static final TestResults NONE = new TestResults(0, 0, 0, Duration.ZERO, List.of(), List.of());

    public TestResults {
        failures = List.copyOf(failures);
        problems = List.copyOf(problems);
    }

    /**
     * A case that failed.
     *
     * @param name class and method, as the report names them
     * @param message what was wrong, in one line
     * @param trace the first lines of where it happened
     */
    public record FailedTest(String name, String message, List<String> trace) {
        public FailedTest {
            trace = List.copyOf(trace);
        }
    }

    /** These results and others. */
    public TestResults plus(TestResults others) {
        return new TestResults(
                tests + others.tests,
                failed + others.failed,
                skipped + others.skipped,
                duration.plus(others.duration),
                joined(failures, others.failures),
                joined(problems, others.problems));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
