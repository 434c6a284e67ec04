package dev.stepzero.govern.report;

import java.nio.file.Path;
import java.util.List;

/** The lines of the files that were scanned. */
public interface SourceLines {
    /** Where no file can be shown. */
    SourceLines NONE = (path, from, to) -> List.of();

    /**
     * Some lines of a file, without their ends.
     *
     * @param from the first line, counted from 1
     * @param to the last line
     * @return those that are there; none if the file cannot be read or lies outside of what was scanned
     */
    List<String> lines(String path, int from, int to);

    /** The files below a directory. Nothing outside of it is read, and links are not followed. */
    static SourceLines under(Path directory) {
        return new DirectoryLines(directory);
    }
}
