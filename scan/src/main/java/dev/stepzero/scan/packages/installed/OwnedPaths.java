package dev.stepzero.scan.packages.installed;

import java.util.List;

/** How the paths of an operating system's packages are compared with those that other readers found. */
final class OwnedPaths {
    /** Half of a distribution's files are of these, and none is a program or a package of a language. */
    private static final List<String> NEVER = List.of(
            "/usr/share/doc/",
            "/usr/share/man/",
            "/usr/share/locale/",
            "/usr/share/zoneinfo/",
            "/usr/share/i18n/",
            "/usr/share/icons/",
            "/usr/share/info/",
            "/usr/share/licenses/",
            "/usr/include/");

    private OwnedPaths() {}

    /** Whether a program or a package of a language may lie there. */
    static boolean matters(String path) {
        return NEVER.stream().noneMatch(path::startsWith);
    }

    /** The same path for {@code /usr/lib} and {@code /lib}, which are one directory in distributions of today. */
    static String normal(String path) {
        return path.startsWith("/usr/")
                        && (path.startsWith("bin/", 5) || path.startsWith("lib", 5) || path.startsWith("sbin/", 5))
                ? path.substring(4)
                : path;
    }
}
