package dev.stepzero.scan.packages.version;

/**
 * The order of <a href="https://semver.org">Semantic Versioning 2</a>, read as leniently as the world writes: a leading
 * {@code v} or {@code =}, any number of numeric parts of which missing ones are zero ({@code 1.2}, {@code 1.2.3.4}), and
 * a pre-release without its hyphen ({@code 1.0.0rc1}, {@code 1.0.0.beta}). Numbers have no upper bound.
 */
final class SemanticVersions implements VersionScheme {
    private final boolean ignoringCase;
    private final boolean withBuild;

    private SemanticVersions(boolean ignoringCase, boolean withBuild) {
        this.ignoringCase = ignoringCase;
        this.withBuild = withBuild;
    }

    /** As npm and Cargo order them. */
    static SemanticVersions standard() {
        return new SemanticVersions(false, false);
    }

    /** As NuGet: {@code RC} is {@code rc}. */
    static SemanticVersions ignoringCase() {
        return new SemanticVersions(true, false);
    }

    /** As Dart's Pub: a build comes after the version that it is of, and builds are ordered. */
    static SemanticVersions withBuild() {
        return new SemanticVersions(false, true);
    }

    @Override
    public int compare(String one, String other) throws InvalidVersion {
        var a = Parts.of(one);
        var b = Parts.of(other);
        int byNumbers = a.compareNumbers(b);
        if (byNumbers != 0) {
            return byNumbers;
        }
        int byPreRelease = comparePreReleases(a, b);
        return byPreRelease != 0 || !withBuild ? byPreRelease : compareBuilds(a, b);
    }

    /** A version without a pre-release comes after all of its pre-releases. */
    private int comparePreReleases(Parts a, Parts b) {
        if (!a.hasPreRelease() || !b.hasPreRelease()) {
            return Boolean.compare(b.hasPreRelease(), a.hasPreRelease());
        }
        return compareIdentifiers(a.text, a.preRelease, a.preReleaseEnd, b.text, b.preRelease, b.preReleaseEnd);
    }

    private int compareBuilds(Parts a, Parts b) {
        if (!a.hasBuild() || !b.hasBuild()) {
            return Boolean.compare(a.hasBuild(), b.hasBuild());
        }
        return compareIdentifiers(
                a.text, a.preReleaseEnd + 1, a.text.length(), b.text, b.preReleaseEnd + 1, b.text.length());
    }

    private int compareIdentifiers(String one, int from, int to, String other, int otherFrom, int otherTo) {
        int a = from;
        int b = otherFrom;
        while (a <= to && b <= otherTo) {
            int aEnd = Parts.identifierEnd(one, a, to);
            int bEnd = Parts.identifierEnd(other, b, otherTo);
            int difference = compareIdentifier(one, a, aEnd, other, b, bEnd);
            if (difference != 0) {
                return difference;
            }
            a = aEnd + 1;
            b = bEnd + 1;
        }
        return Boolean.compare(a <= to, b <= otherTo);
    }

    /** Numbers come before words. */
    private int compareIdentifier(String one, int from, int to, String other, int otherFrom, int otherTo) {
        boolean number = Digits.only(one, from, to);
        boolean otherNumber = Digits.only(other, otherFrom, otherTo);
        if (number && otherNumber) {
            return Digits.compare(one, from, to, other, otherFrom, otherTo);
        }
        if (number || otherNumber) {
            return number ? -1 : 1;
        }
        for (int a = from, b = otherFrom; a < to && b < otherTo; a++, b++) {
            int difference = letter(one.charAt(a)) - letter(other.charAt(b));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(to - from, otherTo - otherFrom);
    }

    private char letter(char c) {
        return ignoringCase && c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    /**
     * Where the parts of a version are in its text.
     *
     * @param preRelease where the pre-release begins; the same as its end where there is none
     * @param preReleaseEnd where the plus before the build is, or the text's end
     */
    private record Parts(String text, int numbers, int numbersEnd, int preRelease, int preReleaseEnd) {

        static Parts of(String raw) throws InvalidVersion {
            var text = raw.strip();
            int start = 0;
            while (start < text.length() && "=vV ".indexOf(text.charAt(start)) >= 0) {
                start++;
            }
            int end = Digits.end(text, start);
            if (end == start) {
                throw new InvalidVersion(raw);
            }
            while (end + 1 < text.length() && text.charAt(end) == '.' && Digits.is(text.charAt(end + 1))) {
                end = Digits.end(text, end + 1);
            }
            int plus = text.indexOf('+', end);
            int preReleaseEnd = plus < 0 ? text.length() : plus;
            boolean separated = end < preReleaseEnd && (text.charAt(end) == '-' || text.charAt(end) == '.');
            return new Parts(text, start, end, separated ? end + 1 : end, preReleaseEnd);
        }

        boolean hasPreRelease() {
            return preReleaseEnd > numbersEnd;
        }

        boolean hasBuild() {
            return preReleaseEnd < text.length();
        }

        int compareNumbers(Parts other) {
            int a = numbers;
            int b = other.numbers;
            while (a < numbersEnd || b < other.numbersEnd) {
                int aEnd = Math.max(a, Math.min(Digits.end(text, a), numbersEnd));
                int bEnd = Math.max(b, Math.min(Digits.end(other.text, b), other.numbersEnd));
                int difference = a < numbersEnd
                        ? b < other.numbersEnd
                                ? Digits.compare(text, a, aEnd, other.text, b, bEnd)
                                : Digits.zero(text, a, aEnd) ? 0 : 1
                        : Digits.zero(other.text, b, bEnd) ? 0 : -1;
                if (difference != 0) {
                    return difference;
                }
                a = aEnd + 1;
                b = bEnd + 1;
            }
            return 0;
        }

        static int identifierEnd(String text, int from, int to) {
            int dot = text.indexOf('.', from);
            return dot < 0 || dot > to ? to : dot;
        }
    }
}
