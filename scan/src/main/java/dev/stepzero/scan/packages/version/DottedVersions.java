package dev.stepzero.scan.packages.version;

/**
 * Versions that are lists of numbers, as those of Hackage and CRAN. Lists are compared number by number, and the longer
 * comes after the one that it begins with: {@code 1.0} before {@code 1.0.0}.
 */
final class DottedVersions implements VersionScheme {
    private final String separators;

    /** @param separators the characters that may stand between two numbers */
    DottedVersions(String separators) {
        this.separators = separators;
    }

    @Override
    public int compare(String one, String other) throws InvalidVersion {
        require(one);
        require(other);
        int a = 0;
        int b = 0;
        while (a < one.length() && b < other.length()) {
            int aEnd = Digits.end(one, a);
            int bEnd = Digits.end(other, b);
            int difference = Digits.compare(one, a, aEnd, other, b, bEnd);
            if (difference != 0) {
                return difference;
            }
            a = aEnd + 1;
            b = bEnd + 1;
        }
        return Boolean.compare(a < one.length(), b < other.length());
    }

    private void require(String text) throws InvalidVersion {
        int at = 0;
        while (true) {
            int end = Digits.end(text, at);
            if (end == at) {
                throw new InvalidVersion(text);
            }
            if (end == text.length()) {
                return;
            }
            if (separators.indexOf(text.charAt(end)) < 0) {
                throw new InvalidVersion(text);
            }
            at = end + 1;
        }
    }
}
