package dev.stepzero.ship.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Adds up what the reports say. */
final class ReportTally {
    private static final int MOST_LISTED = 200;

    private final List<TestReport.FailedCase> failed = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int files;
    private int tests;
    private int failures;
    private int errors;
    private int skipped;
    private int unreadable;
    private Duration duration = Duration.ZERO;

    /** How one case came out. */
    enum Outcome {
        PASSED,
        FAILED,
        BROKEN,
        SKIPPED
    }

    void file() {
        files++;
    }

    void problem(String file, String what) {
        unreadable++;
        if (problems.size() < MOST_LISTED) {
            problems.add(file + ": " + what);
        }
    }

    void add(Outcome outcome, Duration time, TestReport.FailedCase details) {
        tests++;
        duration = duration.plus(time);
        switch (outcome) {
            case PASSED -> {}
            case SKIPPED -> skipped++;
            case FAILED -> failures++;
            case BROKEN -> errors++;
        }
        if ((outcome == Outcome.FAILED || outcome == Outcome.BROKEN) && failed.size() < MOST_LISTED) {
            failed.add(details);
        }
    }

    TestReport report() {
        return new TestReport(files, tests, failures, errors, skipped, duration, failed, problems, unreadable);
    }
}
