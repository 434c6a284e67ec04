package dev.stepzero.scan.packages.maven;

import java.util.regex.Pattern;

/** What names a POM. */
record Coordinates(String group, String artifact, String version) {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_+.-]{1,300}");

    /** Whether all three are there and could be parts of a path. */
    boolean complete() {
        return isPart(group) && isPart(artifact) && isPart(version);
    }

    static boolean isPart(String text) {
        return PART.matcher(text).matches() && !text.startsWith(".") && !text.contains("..");
    }

    /** Where a repository keeps the POM. */
    String pathInRepository() {
        return "%s/%s/%s/%s-%s.pom".formatted(group.replace('.', '/'), artifact, version, artifact, version);
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version;
    }
}
