package dev.stepzero.guard.machines;

import dev.stepzero.core.UserError;
import java.util.regex.Pattern;

/**
 * What a claim must be: a text letter by letter, in which {@code *} stands for one or more characters but a slash, so that
 * it never reaches into another owner, repository or kind of ref.
 */
public record ClaimPattern(String text) {
    private static final int LONGEST = 500;
    private static final int MOST_STARS = 3;
    private static final Pattern WRITTEN = Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]*[\\x21-\\x7e])?");

    /** Checks a pattern. @throws UserError if it is none */
    public ClaimPattern {
        var stars = text.chars().filter(character -> character == '*').count();
        if (text.length() > LONGEST || !WRITTEN.matcher(text).matches() || stars > MOST_STARS || text.contains("**")) {
            throw UserError.usage("'%.60s' is no value of a claim".formatted(text))
                    .fix("write it out, with at most %d single * for parts between slashes".formatted(MOST_STARS));
        }
    }

    public boolean isExact() {
        return !text.contains("*");
    }

    /** Whether it lets anything through that has no slash. */
    boolean isAnything() {
        return text.replace("*", "").isEmpty();
    }

    public boolean matches(String value) {
        return matches(0, value, 0);
    }

    private boolean matches(int at, String value, int from) {
        if (at == text.length()) {
            return from == value.length();
        }
        if (text.charAt(at) != '*') {
            return from < value.length() && value.charAt(from) == text.charAt(at) && matches(at + 1, value, from + 1);
        }
        for (int end = from + 1; end <= value.length() && value.charAt(end - 1) != '/'; end++) {
            if (matches(at + 1, value, end)) {
                return true;
            }
        }
        return false;
    }
}
