package dev.stepzero.scan.packages.npm;

import dev.stepzero.scan.packages.PackageUrl;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a lockfile says that a package is: its name, and a version or another place that it comes from. */
final class NpmPackage {
    private static final int LONGEST_NAME = 214;
    private static final Pattern VERSION = Pattern.compile("[vV=]?([0-9]+\\.[0-9]+\\.[0-9]+(?:[-+.][0-9A-Za-z.+-]*)?)");
    private static final Pattern GIT =
            Pattern.compile("(git\\+|git:|git@|ssh:|github:|gitlab:|bitbucket:|gist:|https?://[^#]+\\.git(#|$)).*");
    private static final Pattern CREDENTIALS = Pattern.compile("//[^/@]*@");

    private NpmPackage() {}

    /**
     * A package of the registry, or of another source.
     *
     * @param name with its scope
     * @param version one version, or else where the package comes from, such as a git repository
     */
    static Optional<PackageUrl> of(String name, String version) {
        var exact = VERSION.matcher(version);
        return exact.matches() ? from(name, exact.group(1), "") : from(name, "", version);
    }

    /**
     * The same where both are known.
     *
     * @param source where it comes from; empty for the registry
     */
    static Optional<PackageUrl> from(String name, String version, String source) {
        int slash = name.indexOf('/');
        boolean scoped = name.startsWith("@") && slash > 1;
        var own = scoped ? name.substring(slash + 1) : name;
        if (own.isEmpty() || name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        var purl = PackageUrl.of("npm", scoped ? name.substring(0, slash) : "", own, version);
        return Optional.of(GIT.matcher(source).matches() ? purl.with("vcs_url", withoutCredentials(source)) : purl);
    }

    private static String withoutCredentials(String source) {
        return CREDENTIALS.matcher(source).replaceFirst("//");
    }

    /** Whether it is one version, no range. */
    static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }

    /** What stands before the {@code @} of {@code name@version}; the scope keeps its own. */
    static String nameOf(String nameAtVersion) {
        int at = nameAtVersion.indexOf('@', 1);
        return at < 0 ? nameAtVersion : nameAtVersion.substring(0, at);
    }

    /** What stands behind the {@code @} of {@code name@version}; empty where there is none. */
    static String versionOf(String nameAtVersion) {
        int at = nameAtVersion.indexOf('@', 1);
        return at < 0 ? "" : nameAtVersion.substring(at + 1);
    }
}
