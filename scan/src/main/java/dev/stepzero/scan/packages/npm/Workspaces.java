package dev.stepzero.scan.packages.npm;

import dev.stepzero.scan.packages.document.Node;
import java.util.List;

/**
 * The patterns by which a project names the directories of its own packages, such as {@code packages/*}. Patterns that
 * nobody would write, long ones and ones with many stars, are left out.
 */
record Workspaces(List<String> patterns) {
    private static final int MOST = 50;
    private static final int LONGEST = 200;
    private static final int MOST_STARS = 4;

    /** As {@code package.json} has them: a list, or an object with one. */
    static Workspaces of(Node manifest) {
        var list = manifest.at("workspaces");
        return of((list.isList() ? list : list.at("packages")).items());
    }

    static Workspaces of(List<Node> patterns) {
        return new Workspaces(patterns.stream()
                .map(each -> each.text().replaceFirst("^\\./", "").replaceFirst("/$", ""))
                .filter(each -> !each.isEmpty() && each.length() <= LONGEST)
                .filter(each -> each.chars().filter(c -> c == '*').count() <= MOST_STARS)
                .limit(MOST)
                .toList());
    }

    /** Whether a directory, relative to the project, is that of one of its packages. */
    boolean contains(String directory) {
        if (patterns.isEmpty() || directory.length() > 10 * LONGEST) {
            return false;
        }
        var path = directory.split("/", -1);
        return patterns.stream().anyMatch(each -> !each.startsWith("!") && matches(each.split("/", -1), path))
                && patterns.stream()
                        .noneMatch(each -> each.startsWith("!")
                                && matches(each.substring(1).split("/", -1), path));
    }

    /** Tells by going back to the last {@code **} only, so the time is bounded by the product of the lengths. */
    private static boolean matches(String[] pattern, String[] path) {
        int p = 0;
        int at = 0;
        int star = -1;
        int tried = 0;
        while (at < path.length) {
            if (p < pattern.length && pattern[p].equals("**")) {
                star = p++;
                tried = at;
            } else if (p < pattern.length && part(pattern[p], path[at])) {
                p++;
                at++;
            } else if (star >= 0) {
                p = star + 1;
                at = ++tried;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p].equals("**")) {
            p++;
        }
        return p == pattern.length;
    }

    /** The same within one part of a path, with {@code *}. */
    private static boolean part(String pattern, String text) {
        int p = 0;
        int at = 0;
        int star = -1;
        int tried = 0;
        while (at < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                tried = at;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(at)) {
                p++;
                at++;
            } else if (star >= 0) {
                p = star + 1;
                at = ++tried;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
