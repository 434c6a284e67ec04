package dev.stepzero.scan.packages.nuget;

import java.util.Optional;

/**
 * What a project may write for a version. NuGet takes the lowest version that there is, so {@code 1.2} and
 * {@code [1.2,2.0)} mean 1.2; what {@code 1.*} and {@code (1.2,)} mean depends on the day.
 */
final class VersionRange {
    private VersionRange() {}

    /** The version that NuGet takes, where the text tells it. */
    static Optional<String> lowest(String text) {
        var range = text.strip();
        if (range.startsWith("[")) {
            int end = range.indexOf(',');
            range = range.substring(1, end < 0 ? range.length() : end)
                    .replace("]", "")
                    .strip();
        }
        boolean version = !range.isEmpty()
                && Character.isDigit(range.charAt(0))
                && range.chars().noneMatch(c -> c == '*' || c == ',' || c == ' ');
        return version ? Optional.of(range) : Optional.empty();
    }
}
