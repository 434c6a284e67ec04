package dev.stepzero.server.runs;

import dev.stepzero.ship.runs.LogLine;
import java.util.List;

/** Reads what a run's followers are told. */
interface RunReading {
    /** At most so many lines after one, oldest first. */
    List<LogLine> lines(long after, int most) throws InterruptedException;

    /** The number of its last line; 0 without any. */
    long last() throws InterruptedException;

    boolean isOpen() throws InterruptedException;
}
