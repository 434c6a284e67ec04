package dev.stepzero.scan.packages.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A version as PEP 440 has it, in all the spellings that it allows. Numbers stay text, so that they may have any length.
 *
 * @param release the numbers, without zeros at the end
 * @param preRelease its kind, {@code a}, {@code b} or {@code rc}; empty where it is none
 */
record PythonVersion(
        String epoch,
        List<String> release,
        String preRelease,
        String preReleaseNumber,
        Optional<String> post,
        Optional<String> dev,
        List<String> local)
        implements Comparable<PythonVersion> {

    /** The version, or nothing if PEP 440 refuses the text. */
    static Optional<PythonVersion> parse(String text) {
        return new Parsing(text.strip().toLowerCase(Locale.ROOT)).version();
    }

    @Override
    public int compareTo(PythonVersion other) {
        int difference = Digits.compare(epoch, other.epoch);
        for (int i = 0; difference == 0 && i < Math.max(release.size(), other.release.size()); i++) {
            difference = Digits.compare(number(release, i), number(other.release, i));
        }
        if (difference == 0) {
            difference = phase().compareTo(other.phase());
        }
        if (difference == 0) {
            difference = Digits.compare(preReleaseNumber, other.preReleaseNumber);
        }
        if (difference == 0) {
            difference = compare(post, other.post, -1);
        }
        if (difference == 0) {
            difference = compare(dev, other.dev, 1);
        }
        return difference != 0 ? difference : compareLocal(other);
    }

    private static String number(List<String> numbers, int index) {
        return index < numbers.size() ? numbers.get(index) : "";
    }

    /** A development version of nothing else comes first, then the pre-releases, then the rest: a letter sorts them. */
    private String phase() {
        if (!preRelease.isEmpty()) {
            return preRelease;
        }
        return post.isEmpty() && dev.isPresent() ? "" : "z";
    }

    private static int compare(Optional<String> one, Optional<String> other, int missing) {
        if (one.isPresent() && other.isPresent()) {
            return Digits.compare(one.get(), other.get());
        }
        return missing * Boolean.compare(one.isEmpty(), other.isEmpty());
    }

    /** Words come before numbers, and the end before both. */
    private int compareLocal(PythonVersion other) {
        for (int i = 0; i < Math.min(local.size(), other.local.size()); i++) {
            var a = local.get(i);
            var b = other.local.get(i);
            boolean number = Digits.only(a, 0, a.length());
            boolean otherNumber = Digits.only(b, 0, b.length());
            int difference = number && otherNumber
                    ? Digits.compare(a, b)
                    : number || otherNumber ? Boolean.compare(number, otherNumber) : a.compareTo(b);
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(local.size(), other.local.size());
    }

    /** Reads from left to right without ever going back: no spelling that PEP 440 allows needs it. */
    private static final class Parsing {
        private static final String SEPARATORS = "-_.";
        private static final List<String> PRE_RELEASES =
                List.of("alpha", "beta", "preview", "pre", "rc", "a", "b", "c");
        private static final List<String> POSTS = List.of("post", "rev", "r");

        private final String text;
        private int at;

        Parsing(String text) {
            this.text = text;
        }

        Optional<PythonVersion> version() {
            if (text.startsWith("v")) {
                at++;
            }
            var epoch = "";
            int first = Digits.end(text, at);
            if (first > at && first < text.length() && text.charAt(first) == '!') {
                epoch = text.substring(at, first);
                at = first + 1;
            }
            var release = release();
            var preRelease = word(PRE_RELEASES);
            var preReleaseNumber = preRelease.isEmpty() ? "" : numberAfterWord();
            var post = post();
            var dev = word(List.of("dev")).isEmpty() ? Optional.<String>empty() : Optional.of(numberAfterWord());
            var local = local();
            if (release.isEmpty() || at < text.length()) {
                return Optional.empty();
            }
            while (!release.isEmpty()
                    && Digits.zero(release.getLast(), 0, release.getLast().length())) {
                release.removeLast();
            }
            return Optional.of(
                    new PythonVersion(epoch, release, normal(preRelease), preReleaseNumber, post, dev, local));
        }

        private List<String> release() {
            var numbers = new ArrayList<String>();
            int end = Digits.end(text, at);
            while (end > at) {
                numbers.add(text.substring(at, end));
                at = end;
                end = separated(".") ? Digits.end(text, at + 1) : at;
                if (end > at + 1) {
                    at++;
                } else {
                    break;
                }
            }
            return numbers;
        }

        private Optional<String> post() {
            if (separated("-") && Digits.end(text, at + 1) > at + 1) {
                at++;
                return Optional.of(digits());
            }
            return word(POSTS).isEmpty() ? Optional.empty() : Optional.of(numberAfterWord());
        }

        /** Takes one of the words, with a separator before it or without; empty where none is there. */
        private String word(List<String> words) {
            int start = separated(SEPARATORS) ? at + 1 : at;
            for (var word : words) {
                if (text.startsWith(word, start)) {
                    at = start + word.length();
                    return word;
                }
            }
            return "";
        }

        private String numberAfterWord() {
            if (separated(SEPARATORS) && (Digits.end(text, at + 1) > at + 1 || !wordFollows())) {
                at++;
            }
            return digits();
        }

        /** Whether what follows the separator is for the next part to read with it. */
        private boolean wordFollows() {
            return at + 1 < text.length() && Character.isLetter(text.charAt(at + 1));
        }

        private String digits() {
            int start = at;
            at = Digits.end(text, at);
            return text.substring(start, at);
        }

        private boolean separated(String separators) {
            return at < text.length() && separators.indexOf(text.charAt(at)) >= 0;
        }

        private List<String> local() {
            var parts = new ArrayList<String>();
            int start = at;
            while (separated(parts.isEmpty() ? "+" : SEPARATORS)) {
                int end = at + 1;
                while (end < text.length() && alphanumeric(text.charAt(end))) {
                    end++;
                }
                if (end == at + 1) {
                    at = start;
                    return List.of();
                }
                parts.add(text.substring(at + 1, end));
                at = end;
            }
            return parts;
        }

        private static boolean alphanumeric(char c) {
            return Digits.is(c) || (c >= 'a' && c <= 'z');
        }

        private static String normal(String preRelease) {
            return switch (preRelease) {
                case "alpha" -> "a";
                case "beta" -> "b";
                case "c", "pre", "preview" -> "rc";
                default -> preRelease;
            };
        }
    }
}
