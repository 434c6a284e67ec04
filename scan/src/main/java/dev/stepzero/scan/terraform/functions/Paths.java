package dev.stepzero.scan.terraform.functions;

import java.util.ArrayDeque;
import java.util.ArrayList;

/** Paths with {@code /} between their parts, taken as texts: no file is looked at. */
final class Paths {
    private Paths() {}

    static String last(String path) {
        if (path.isEmpty()) {
            return ".";
        }
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return end == 0 ? "/" : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }

    static String directory(String path) {
        int slash = path.lastIndexOf('/');
        return clean(path.substring(0, slash + 1));
    }

    /** The shortest path of the same meaning. */
    static String clean(String path) {
        var rooted = path.startsWith("/");
        var parts = new ArrayDeque<String>();
        for (var part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (!parts.isEmpty() && !parts.getLast().equals("..")) {
                    parts.removeLast();
                } else if (!rooted) {
                    parts.addLast(part);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        var joined = String.join("/", new ArrayList<>(parts));
        return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
    }
}
