package dev.stepzero.scan.packages.version;

/**
 * The order of {@code dpkg --compare-versions}, see Debian Policy, section 5.6.12: the epoch, then the upstream version,
 * then the revision, where a tilde comes before everything, even the end.
 */
final class DebianVersions implements VersionScheme {

    @Override
    public int compare(String one, String other) throws InvalidVersion {
        var a = Parts.of(one);
        var b = Parts.of(other);
        int byEpoch = Digits.compare(a.text, 0, a.epochEnd, b.text, 0, b.epochEnd);
        if (byEpoch != 0) {
            return byEpoch;
        }
        int byUpstream = compare(a.text, a.upstream, a.upstreamEnd, b.text, b.upstream, b.upstreamEnd);
        return byUpstream != 0
                ? byUpstream
                : compare(a.text, a.revision(), a.text.length(), b.text, b.revision(), b.text.length());
    }

    /** Compares parts: what is between digits by the weight of its characters, digits as numbers. */
    private static int compare(String one, int from, int to, String other, int otherFrom, int otherTo) {
        int a = from;
        int b = otherFrom;
        while (a < to || b < otherTo) {
            while ((a < to && !Digits.is(one.charAt(a))) || (b < otherTo && !Digits.is(other.charAt(b)))) {
                int difference = weight(one, a, to) - weight(other, b, otherTo);
                if (difference != 0) {
                    return difference;
                }
                a++;
                b++;
            }
            int aEnd = Math.min(Digits.end(one, a), to);
            int bEnd = Math.min(Digits.end(other, b), otherTo);
            int difference = Digits.compare(one, a, Math.max(a, aEnd), other, b, Math.max(b, bEnd));
            if (difference != 0) {
                return difference;
            }
            a = aEnd;
            b = bEnd;
        }
        return 0;
    }

    /** A tilde, then the end or a digit, then letters, then everything else. */
    private static int weight(String text, int index, int end) {
        if (index >= end || Digits.is(text.charAt(index))) {
            return 0;
        }
        char c = text.charAt(index);
        if (c == '~') {
            return -1;
        }
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter ? c : c + 256;
    }

    private record Parts(String text, int epochEnd, int upstream, int upstreamEnd) {
        static Parts of(String raw) throws InvalidVersion {
            var text = raw.strip();
            int colon = text.indexOf(':');
            if (text.isEmpty() || colon == text.length() - 1 || (colon >= 0 && !Digits.only(text, 0, colon))) {
                throw new InvalidVersion(raw);
            }
            int hyphen = text.lastIndexOf('-');
            return new Parts(text, Math.max(colon, 0), colon + 1, hyphen > colon ? hyphen : text.length());
        }

        /** A missing revision is the same as {@code 0}, and as nothing. */
        int revision() {
            return Math.min(upstreamEnd + 1, text.length());
        }
    }
}
