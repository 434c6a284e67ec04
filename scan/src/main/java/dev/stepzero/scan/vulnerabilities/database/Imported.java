package dev.stepzero.scan.vulnerabilities.database;

import java.util.ArrayList;
import java.util.List;

/** What an import did; filled while it runs. */
public final class Imported {
    /** As many are named; the rest is counted. */
    private static final int MOST_NAMED = 20;

    private final List<String> skipped = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int skippedCount;
    private int records;
    private int reused;
    private int withdrawn;

    void skipped(String record, String why) {
        skippedCount++;
        if (skipped.size() < MOST_NAMED) {
            skipped.add(record + ": " + why);
        }
    }

    void failed(String message) {
        failures.add(message);
    }

    void holds(Contents contents) {
        records += contents.records;
        reused += contents.reused;
        withdrawn += contents.withdrawn;
    }

    void kept(Catalogue.Feed feed) {
        records += feed.records();
        reused += feed.records();
        withdrawn += feed.withdrawn();
    }

    /** The records of the sources that were read, withdrawn ones included. */
    public int records() {
        return records;
    }

    /** Those among them that had not changed since the last time. */
    public int reused() {
        return reused;
    }

    public int withdrawn() {
        return withdrawn;
    }

    /** How many files were no records. */
    public int skippedCount() {
        return skippedCount;
    }

    /** The first of them, with what is wrong. */
    public List<String> skipped() {
        return List.copyOf(skipped);
    }

    /** The sources that could not be refreshed, with why; what was known of them is kept. */
    public List<String> failures() {
        return List.copyOf(failures);
    }
}
