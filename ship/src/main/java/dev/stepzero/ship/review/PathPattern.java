package dev.stepzero.ship.review;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A pattern of paths: {@code *} and {@code ?} stand for characters of one name, {@code **} for any number of names.
 * Matching takes time by the product of the lengths, whatever the pattern.
 */
final class PathPattern {
    private static final Pattern SLASHES = Pattern.compile("/+");

    private final List<String> names;
    private final boolean below;

    private PathPattern(List<String> names, boolean below) {
        this.names = names;
        this.below = below;
    }

    /** As GitHub reads it: like a line of {@code .gitignore}, but a star at the end does not reach into directories. */
    static PathPattern gitHub(String text) {
        var directory = text.endsWith("/");
        var bare = trim(text);
        var anchored = text.startsWith("/") || bare.contains("/");
        var last = bare.substring(bare.lastIndexOf('/') + 1);
        var wild = last.contains("*") || last.contains("?");
        return of(anchored ? bare : "**/" + bare, directory || !wild || bare.equals("**"), directory);
    }

    /** As GitLab reads it: a path of files, and of all below a directory only where it ends with a slash. */
    static PathPattern gitLab(String text) {
        var bare = trim(text);
        var rooted = text.startsWith("/") ? bare : "**/" + bare;
        return text.endsWith("/") ? of(rooted, true, true) : of(rooted, false, false);
    }

    private static String trim(String text) {
        var from = text.startsWith("/") ? 1 : 0;
        return text.endsWith("/") && text.length() > from
                ? text.substring(from, text.length() - 1)
                : text.substring(from);
    }

    private static PathPattern of(String names, boolean below, boolean directory) {
        var all = SLASHES.splitAsStream(names).toList();
        return directory
                ? new PathPattern(
                        java.util.stream.Stream.concat(all.stream(), java.util.stream.Stream.of("**", "*"))
                                .toList(),
                        false)
                : new PathPattern(all, below);
    }

    boolean matches(String path) {
        var parts = SLASHES.splitAsStream(path).toList();
        var reached = new boolean[parts.size() + 1];
        reached[0] = true;
        for (var name : names) {
            var next = new boolean[parts.size() + 1];
            for (var at = 0; at <= parts.size(); at++) {
                if (name.equals("**")) {
                    next[at] = reached[at] || (at > 0 && next[at - 1]);
                } else if (at > 0) {
                    next[at] = reached[at - 1] && nameMatches(name, parts.get(at - 1));
                }
            }
            reached = next;
        }
        if (reached[parts.size()]) {
            return true;
        }
        for (var at = 1; below && at < parts.size(); at++) {
            if (reached[at]) {
                return true;
            }
        }
        return false;
    }

    private static boolean nameMatches(String pattern, String name) {
        var reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (var i = 0; i < pattern.length(); i++) {
            var sign = pattern.charAt(i);
            var escaped = sign == '\\' && i + 1 < pattern.length();
            var wanted = escaped ? pattern.charAt(++i) : sign;
            var next = new boolean[name.length() + 1];
            for (var at = 0; at <= name.length(); at++) {
                if (sign == '*') {
                    next[at] = reached[at] || (at > 0 && next[at - 1]);
                } else if (at > 0) {
                    next[at] = reached[at - 1] && (sign == '?' || name.charAt(at - 1) == wanted);
                }
            }
            reached = next;
        }
        return reached[name.length()];
    }
}
