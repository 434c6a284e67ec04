package dev.stepzero.ship.sandbox;

import java.time.Duration;
import java.util.List;

/**
 * What the project's tests reported, over all their report files.
 *
 * @param files how many reports were read
 * @param tests how many cases there were, with the skipped ones
 * @param failures cases whose expectation did not hold
 * @param errors cases that broke
 * @param skipped cases that did not run
 * @param duration the time of all cases together
 * @param failed the first of the failures and errors, in the order of the files
 * @param problems reports that could not be read, one sentence each; the first of them
 * @param unreadable how many reports could not be read
 */
public record TestReport(
        int files,
        int tests,
        int failures,
        int errors,
        int skipped,
        Duration duration,
        List<FailedCase> failed,
        List<String> problems,
        int unreadable) {
    public TestReport {
        failed = List.copyOf(failed);
        problems = List.copyOf(problems);
    }

    /**
     * A case that failed.
     *
     * @param suite the class or file that it stands in
     * @param name its own name
     * @param message why, in one line
     * @param trace the first lines of the trace
     */
    public record FailedCase(String suite, String name, String message, List<String> trace) {
        public FailedCase {
            trace = List.copyOf(trace);
        }
    }

    /** True when every case that ran passed and every report could be read. */
    public boolean passed() {
        return failures == 0 && errors == 0 && unreadable == 0;
    }
}
