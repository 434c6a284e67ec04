package dev.stepzero.ship.git;

import java.time.Instant;

/**
 * A commit as the pipeline speaks of it.
 *
 * @param id the full commit id
 * @param author the name and address of who wrote it
 * @param subject the first line of its message
 * @param time when it was committed
 * @param source the address of the repository: its {@code origin} without credentials, or its directory
 */
public record Commit(String id, String author, String subject, Instant time, String source) {

    /** The first twelve digits of the id. */
    public String shortId() {
        return id.substring(0, Math.min(12, id.length()));
    }
}
