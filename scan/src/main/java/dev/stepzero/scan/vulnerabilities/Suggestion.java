package dev.stepzero.scan.vulnerabilities;

/**
 * An edit that mends the known vulnerabilities of a package, of those that can be mended.
 *
 * @param path the file, relative to the tree
 * @param line from 1
 * @param before the line as it is; empty where it is not to be edited by hand
 * @param after the line as it should be, or the command to run instead
 */
public record Suggestion(String path, int line, String before, String after) {

    /** Whether it is a command for the package manager, as lockfiles need it. */
    public boolean isCommand() {
        return before.isEmpty();
    }
}
