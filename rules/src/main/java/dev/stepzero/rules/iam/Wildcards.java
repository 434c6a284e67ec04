package dev.stepzero.rules.iam;

/** Patterns in which {@code *} stands for any characters and {@code ?} for one. */
public final class Wildcards {
    private Wildcards() {}

    /** Whether the whole text fits; takes time in proportion to both lengths at worst. */
    public static boolean match(String pattern, String text) {
        int at = 0;
        int wanted = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length()) {
            if (wanted < pattern.length() && pattern.charAt(wanted) == '*') {
                star = wanted++;
                resume = at;
            } else if (wanted < pattern.length()
                    && (pattern.charAt(wanted) == '?' || pattern.charAt(wanted) == text.charAt(at))) {
                wanted++;
                at++;
            } else if (star >= 0) {
                wanted = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (wanted < pattern.length() && pattern.charAt(wanted) == '*') {
            wanted++;
        }
        return wanted == pattern.length();
    }
}
