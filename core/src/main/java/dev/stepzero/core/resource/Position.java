package dev.stepzero.core.resource;

/**
 * A stretch of a source file.
 *
 * @param file the path relative to what was scanned, with {@code /} between its parts; empty where there is none
 * @param line the first line, counted from 1; 0 where there is none
 * @param column the first column, counted from 1; 0 where there is none
 * @param endLine the last line
 */
public record Position(String file, int line, int column, int endLine) {
    /** What has no place in a file, such as a default. */
    public static final Position NONE = new Position("", 0, 0, 0);

    public boolean exists() {
        return line > 0;
    }
}
