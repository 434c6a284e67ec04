package dev.stepzero.scan.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Paths relative to the tree, with slashes; empty for its root. */
final class TreePaths {
    private TreePaths() {}

    /** A path as seen from a directory; empty where it leaves the tree. */
    static Optional<String> resolve(String directory, String path) {
        if (path.startsWith("/") || path.startsWith("~") || path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        var parts = new ArrayList<String>();
        for (var part : List.of((directory + "/" + path).split("/"))) {
            switch (part) {
                case "", "." -> {}
                case ".." -> {
                    if (parts.isEmpty()) {
                        return Optional.empty();
                    }
                    parts.removeLast();
                }
                default -> parts.add(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }

    /** The way from one directory to another. */
    static String between(String from, String to) {
        if (from.equals(to)) {
            return ".";
        }
        var start = from.isEmpty() ? List.<String>of() : List.of(from.split("/"));
        var end = to.isEmpty() ? List.<String>of() : List.of(to.split("/"));
        int common = 0;
        while (common < start.size() && common < end.size() && start.get(common).equals(end.get(common))) {
            common++;
        }
        var parts = new ArrayList<String>();
        for (int i = common; i < start.size(); i++) {
            parts.add("..");
        }
        parts.addAll(end.subList(common, end.size()));
        return String.join("/", parts);
    }
}
