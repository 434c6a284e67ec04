package dev.stepzero.scan.packages.version;

import java.util.Optional;

/**
 * The order of <a href="https://peps.python.org/pep-0440/">PEP 440</a>. What PEP 440 refuses but PyPI still has from before
 * it, such as {@code 0.9-gamma}, comes before every version that it takes, in the order of setuptools, as packaging had
 * it up to version 21.
 */
final class PythonVersions implements VersionScheme {

    @Override
    public int compare(String one, String other) throws InvalidVersion {
        var a = parsed(one);
        var b = parsed(other);
        if (a.isPresent() && b.isPresent()) {
            return a.get().compareTo(b.get());
        }
        return a.isPresent() || b.isPresent()
                ? Boolean.compare(a.isPresent(), b.isPresent())
                : LegacyPythonVersion.compare(one, other);
    }

    private static Optional<PythonVersion> parsed(String text) throws InvalidVersion {
        if (text.isBlank()) {
            throw new InvalidVersion(text);
        }
        return PythonVersion.parse(text);
    }
}
