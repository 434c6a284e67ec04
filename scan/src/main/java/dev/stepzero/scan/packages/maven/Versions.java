package dev.stepzero.scan.packages.maven;

import java.util.regex.Pattern;

/** Tells versions from demands that only a repository's list of versions could answer. */
final class Versions {
    private static final Pattern ONE = Pattern.compile("[^\\[\\](),${}\\s]+");
    private static final Pattern EXACT = Pattern.compile("\\[[^\\[\\](),${}\\s]+]");

    private Versions() {}

    /** Whether it is one version, neither a range nor open. */
    static boolean isOne(String version) {
        return ONE.matcher(version).matches() && !version.equals("LATEST") && !version.equals("RELEASE");
    }

    /** Whether it is a range of one version. */
    static boolean isExact(String version) {
        return EXACT.matcher(version).matches();
    }

    /** The same dependency; {@code [1.2]} is a range of one version. */
    static Dependency exact(Dependency dependency) {
        var version = dependency.version();
        if (!isExact(version)) {
            return dependency;
        }
        var single = version.substring(1, version.length() - 1);
        return dependency.as(new Coordinates(dependency.group(), dependency.artifact(), single));
    }
}
