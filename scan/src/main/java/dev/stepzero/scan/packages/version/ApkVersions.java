package dev.stepzero.scan.packages.version;

/**
 * The order of Alpine's apk-tools: {@code number{.number}{letter}{_suffix{number}}{~commit}{-rN}}. A number after a dot
 * with a zero in front is a fraction and compared as text; {@code _alpha}, {@code _beta}, {@code _pre} and {@code _rc}
 * come before the version without them, the other suffixes after it. Old packages, such as {@code openssh-6.6.2p1}, have
 * digits after the letter. What apk cannot read, such as {@code 1.2_blah}, is refused here, although {@code apk version -t}
 * gives an answer to it.
 */
final class ApkVersions implements VersionScheme {

    @Override
    public int compare(String one, String other) throws InvalidVersion {
        var a = new ApkTokens(one.strip());
        var b = new ApkTokens(other.strip());
        requireReadable(a.text());
        requireReadable(b.text());
        while (true) {
            boolean more = a.next();
            boolean moreOfOther = b.next();
            int difference = a.kind() == b.kind() ? a.compareTo(b) : a.compareKind(b);
            if (difference != 0 || !(more && moreOfOther)) {
                return difference;
            }
        }
    }

    private static void requireReadable(String text) throws InvalidVersion {
        var tokens = new ApkTokens(text);
        while (tokens.next()) {
            // Reading to the end is the whole of it.
        }
        if (tokens.kind() != ApkTokens.Kind.END) {
            throw new InvalidVersion(text);
        }
    }
}
