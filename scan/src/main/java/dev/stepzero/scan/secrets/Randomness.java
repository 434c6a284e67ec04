package dev.stepzero.scan.secrets;

import java.util.Arrays;

/** Tells what a generator made from what a person wrote. */
final class Randomness {
    /** What a random text of its length and alphabet has of its entropy at least, but for one in thousands. */
    private static final double SHARE = 0.72;

    /** For each letter those that follow it often in English and in names of programs. */
    private static final String[] FOLLOWERS = {
        "bcdgilmnprstvy",
        "aeiloruy",
        "acehikolrtu",
        "aeiorsu",
        "acdeflmnprstvx",
        "aefilortu",
        "aehilnoru",
        "aeiotr",
        "acdefglmnorstvz",
        "aeou",
        "eins",
        "aeiloysud",
        "aeiompsbu",
        "acdegiostn",
        "cdfklmnoprstuvwb",
        "aehiloprtsu",
        "u",
        "acdeiklmnorstuvy",
        "acehiopstuky",
        "aehiorstuyl",
        "abcdegilmnprst",
        "aeio",
        "aehinors",
        "aeipt",
        "aeiosptm",
        "aeioz"
    };

    private static final boolean[] COMMON = common();

    private Randomness() {}

    private static boolean[] common() {
        var common = new boolean[26 * 26];
        for (int first = 0; first < FOLLOWERS.length; first++) {
            for (int i = 0; i < FOLLOWERS[first].length(); i++) {
                common[first * 26 + FOLLOWERS[first].charAt(i) - 'a'] = true;
            }
        }
        return common;
    }

    /** Shannon's entropy in bits a character. */
    static double entropy(String text) {
        var counts = new int[256];
        for (int i = 0; i < text.length(); i++) {
            counts[text.charAt(i) & 0xff]++;
        }
        double entropy = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / text.length();
                entropy -= share * Math.log(share) / Math.log(2);
            }
        }
        return entropy;
    }

    /** The least entropy that a random text of such a length and such characters has. */
    static double expected(String text) {
        return expected(text, SHARE);
    }

    /** A share of the entropy that a text of such a length and such characters can have. */
    static double expected(String text, double share) {
        return share * Math.log(Math.min(text.length(), alphabet(text))) / Math.log(2);
    }

    private static int alphabet(String text) {
        boolean upper = false;
        boolean lower = false;
        boolean beyondHex = false;
        boolean other = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            upper |= c >= 'A' && c <= 'Z';
            lower |= c >= 'a' && c <= 'z';
            beyondHex |= (c >= 'g' && c <= 'z') || (c >= 'G' && c <= 'Z');
            other |= !Character.isLetterOrDigit(c);
        }
        if (!upper && !lower) {
            return 10;
        }
        return !beyondHex ? 16 : (upper && lower ? 62 : 36) + (other ? 2 : 0);
    }

    /** The share of letters that follow each other as in words, from 0 to 1; 0 where there are too few. */
    static double wordiness(String text) {
        int pairs = 0;
        int usual = 0;
        for (int i = 1; i < text.length(); i++) {
            int first = letter(text.charAt(i - 1));
            int second = letter(text.charAt(i));
            boolean hump = text.charAt(i - 1) >= 'a' && text.charAt(i) <= 'Z';
            if (first >= 0 && second >= 0 && !hump) {
                pairs++;
                usual += COMMON[first * 26 + second] ? 1 : 0;
            }
        }
        return pairs < 4 ? 0 : (double) usual / pairs;
    }

    private static int letter(char c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z' ? lower - 'a' : -1;
    }

    /** How often one sort of character follows another: seldom in words, often in what is random. */
    static int changes(String text) {
        int changes = 0;
        for (int i = 1; i < text.length(); i++) {
            changes += sort(text.charAt(i - 1)) == sort(text.charAt(i)) ? 0 : 1;
        }
        return changes;
    }

    private static int sort(char c) {
        return c >= '0' && c <= '9' ? 0 : c >= 'a' && c <= 'z' ? 1 : c >= 'A' && c <= 'Z' ? 2 : 3;
    }

    /** How many sorts of characters there are: digits, small and capital letters, others. */
    static int sorts(String text) {
        var seen = new boolean[4];
        for (int i = 0; i < text.length(); i++) {
            seen[sort(text.charAt(i))] = true;
        }
        int count = 0;
        for (boolean each : seen) {
            count += each ? 1 : 0;
        }
        return count;
    }

    static boolean hasDigit(String text) {
        return text.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    /** The most often that one character stands beside itself. */
    static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = i > 0 && text.charAt(i) == text.charAt(i - 1) ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /** How many different characters there are. */
    static long distinct(String text) {
        var seen = new boolean[256];
        for (int i = 0; i < text.length(); i++) {
            seen[text.charAt(i) & 0xff] = true;
        }
        long count = 0;
        for (boolean each : seen) {
            count += each ? 1 : 0;
        }
        return count;
    }

    /** Whether one part of the text is written over and over again. */
    static boolean repeats(String text) {
        for (int period : new int[] {1, 2, 3, 4, 5, 6, 8, 10}) {
            if (text.length() >= 2 * period + 2
                    && Arrays.equals(
                            text.toCharArray(), period, text.length(), text.toCharArray(), 0, text.length() - period)) {
                return true;
            }
        }
        return false;
    }
}
