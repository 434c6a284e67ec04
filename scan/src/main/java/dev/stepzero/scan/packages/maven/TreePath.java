package dev.stepzero.scan.packages.maven;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Paths within a tree. */
final class TreePath {
    private TreePath() {}

    /** A path as seen from a directory of the tree, without dots in it; empty if it leads out of the tree. */
    static Optional<String> of(String directory, String relative) {
        if (relative.startsWith("/") || relative.contains("\\") || relative.contains("${")) {
            return Optional.empty();
        }
        Deque<String> parts = new ArrayDeque<>();
        for (var part : (directory + "/" + relative).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }
}
