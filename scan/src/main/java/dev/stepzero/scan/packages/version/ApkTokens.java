package dev.stepzero.scan.packages.version;

import java.util.List;

/** The parts of an apk version, one after the other. */
final class ApkTokens {
    private static final List<String> SUFFIXES = List.of("alpha", "beta", "pre", "rc", "cvs", "svn", "git", "hg", "p");
    private static final int FIRST_AFTER_RELEASE = 4;

    /** In the order in which apk lets them follow each other: of two versions, the one whose next part is earlier is newer. */
    enum Kind {
        FIRST_NUMBER,
        NUMBER,
        LETTER,
        SUFFIX,
        SUFFIX_NUMBER,
        COMMIT,
        REVISION,
        END,
        BROKEN
    }

    private final String text;
    private Kind kind = Kind.FIRST_NUMBER;
    private int start;
    private int end;
    private int suffix;

    ApkTokens(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    Kind kind() {
        return kind;
    }

    /** Goes to the next part; false at the end and where the text is broken. */
    boolean next() {
        if (end == 0) {
            return take(Kind.FIRST_NUMBER, 0, Digits.end(text, 0));
        }
        if (kind == Kind.END || kind == Kind.BROKEN || end == text.length()) {
            kind = kind == Kind.BROKEN ? kind : Kind.END;
            return false;
        }
        char c = text.charAt(end);
        if (c >= 'a' && c <= 'z' && kind.compareTo(Kind.NUMBER) <= 0) {
            return take(Kind.LETTER, end, end + 1);
        }
        if (Digits.is(c) && kind == Kind.LETTER) {
            return take(Kind.NUMBER, end, Digits.end(text, end));
        }
        if (Digits.is(c) && kind == Kind.SUFFIX) {
            return take(Kind.SUFFIX_NUMBER, end, Digits.end(text, end));
        }
        return switch (c) {
            case '.' -> follows(Kind.NUMBER) && take(Kind.NUMBER, end + 1, Digits.end(text, end + 1));
            case '_' -> follows(Kind.SUFFIX_NUMBER) && takeSuffix();
            case '~' -> follows(Kind.SUFFIX_NUMBER) && take(Kind.COMMIT, end + 1, hexEnd(end + 1));
            case '-' -> follows(Kind.COMMIT) && takeRevision();
            default -> broken();
        };
    }

    /** Compares two parts of the same kind. */
    int compareTo(ApkTokens other) {
        return switch (kind) {
            case NUMBER ->
                fraction() || other.fraction() ? part().compareTo(other.part()) : Digits.compare(part(), other.part());
            case SUFFIX -> Integer.compare(suffix, other.suffix);
            case LETTER, COMMIT -> part().compareTo(other.part());
            case FIRST_NUMBER, SUFFIX_NUMBER, REVISION -> Digits.compare(part(), other.part());
            case END, BROKEN -> 0;
        };
    }

    /** Compares where two versions go on differently: a suffix for a pre-release makes older, all else newer. */
    int compareKind(ApkTokens other) {
        if (kind == Kind.SUFFIX && suffix < FIRST_AFTER_RELEASE) {
            return -1;
        }
        if (other.kind == Kind.SUFFIX && other.suffix < FIRST_AFTER_RELEASE) {
            return 1;
        }
        return other.kind.compareTo(kind);
    }

    private boolean fraction() {
        return text.charAt(start) == '0';
    }

    private String part() {
        return text.substring(start, end);
    }

    private boolean follows(Kind last) {
        return kind.compareTo(last) <= 0 || broken();
    }

    private boolean take(Kind next, int from, int to) {
        if (from == to) {
            return broken();
        }
        kind = next;
        start = from;
        end = to;
        return true;
    }

    private boolean takeSuffix() {
        int to = end + 1;
        while (to < text.length() && text.charAt(to) >= 'a' && text.charAt(to) <= 'z') {
            to++;
        }
        suffix = SUFFIXES.indexOf(text.substring(end + 1, to));
        return suffix >= 0 ? take(Kind.SUFFIX, end + 1, to) : broken();
    }

    /** A revision without a number is the first. */
    private boolean takeRevision() {
        if (!text.startsWith("-r", end)) {
            return broken();
        }
        start = end + 2;
        end = Digits.end(text, start);
        kind = Kind.REVISION;
        return true;
    }

    private int hexEnd(int from) {
        int to = from;
        while (to < text.length()
                && (Digits.is(text.charAt(to)) || (text.charAt(to) >= 'a' && text.charAt(to) <= 'f'))) {
            to++;
        }
        return to;
    }

    private boolean broken() {
        kind = Kind.BROKEN;
        return false;
    }
}
