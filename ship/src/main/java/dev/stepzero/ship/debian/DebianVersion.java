package dev.stepzero.ship.debian;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.packages.version.VersionScheme.InvalidVersion;
import dev.stepzero.scan.packages.version.VersionSchemes;

/**
 * A package's version in the order of Debian Policy, section 5.6.12. Two versions that are written differently may
 * compare as equal ({@code 1.0} and {@code 1.00}).
 *
 * @param text the version as it is written
 */
record DebianVersion(String text) implements Comparable<DebianVersion> {

    DebianVersion {
        if (text.lastIndexOf(':') != text.indexOf(':') || !valid(text)) {
            throw UserError.unreadable("'" + text + "' is not the version of a Debian package");
        }
    }

    private static boolean valid(String text) {
        try {
            return VersionSchemes.DEBIAN.compare(text, text) == 0;
        } catch (InvalidVersion e) {
            return false;
        }
    }

    @Override
    public int compareTo(DebianVersion other) {
        try {
            return VersionSchemes.DEBIAN.compare(text, other.text);
        } catch (InvalidVersion e) {
            throw new IllegalStateException("both were valid when they were made", e);
        }
    }
}
