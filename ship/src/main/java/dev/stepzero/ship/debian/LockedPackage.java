package dev.stepzero.ship.debian;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.util.regex.Pattern;

/**
 * A package down to its bytes.
 *
 * @param name the package's name
 * @param version its version, in Debian's notation
 * @param architecture {@code amd64}, {@code arm64} or {@code all}
 * @param sha256 the digest of the {@code .deb}
 * @param size its size in bytes
 * @param path where it lies below an archive's address
 */
public record LockedPackage(String name, String version, String architecture, Digest sha256, long size, String path) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+.-]+");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+.:~_%/-]*");

    public LockedPackage {
        if (!NAME.matcher(name).matches()) {
            throw UserError.unreadable("'" + name + "' is not the name of a Debian package");
        }
        if (!PATH.matcher(path).matches() || path.contains("..") || path.contains("//")) {
            throw UserError.unreadable("'" + path + "' is not a path in a Debian archive");
        }
        if (version.isBlank() || version.chars().anyMatch(Character::isWhitespace) || size <= 0) {
            throw UserError.unreadable("package " + name + " has no sound version or size");
        }
    }

    String line() {
        return String.join(" ", name, version, architecture, sha256.hex(), Long.toString(size), path);
    }

    static LockedPackage read(String line) {
        var words = line.split(" ", -1);
        if (words.length != 6 || !words[4].matches("[0-9]{1,12}")) {
            throw UserError.unreadable("not a locked package: '" + line + "'");
        }
        return new LockedPackage(
                words[0], words[1], words[2], new Digest(words[3]), Long.parseLong(words[4]), words[5]);
    }
}
