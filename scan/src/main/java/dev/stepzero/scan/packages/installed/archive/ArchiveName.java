package dev.stepzero.scan.packages.installed.archive;

import java.util.regex.Pattern;

/**
 * What the name of a Java archive says.
 *
 * @param artifact the name without version, classifier and ending
 * @param version empty where the name has none
 */
record ArchiveName(String artifact, String version) {
    private static final Pattern VERSIONED = Pattern.compile("(?<artifact>.+?)-(?<version>\\d[A-Za-z0-9._+-]*)");
    private static final Pattern CLASSIFIER = Pattern.compile(
            "-(?:sources|javadoc|tests|test|all|shaded|uber|exec|jakarta|natives?-.*|(?:linux|osx|windows|macos|mac|win)(?:[-_].*)?)$");

    static ArchiveName of(String fileName) {
        int dot = fileName.lastIndexOf('.');
        var stem = CLASSIFIER
                .matcher(dot < 0 ? fileName : fileName.substring(0, dot))
                .replaceFirst("");
        var matcher = VERSIONED.matcher(stem);
        return matcher.matches()
                ? new ArchiveName(matcher.group("artifact"), matcher.group("version"))
                : new ArchiveName(stem, "");
    }

    /** Whether it is the name of an archive of this artifact, whose own name may go on with a digit. */
    boolean isOf(String other) {
        var stem = version.isEmpty() ? artifact : artifact + "-" + version;
        return artifact.equals(other) || stem.equals(other) || stem.startsWith(other + "-");
    }
}
