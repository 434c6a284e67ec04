package dev.stepzero.guard.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which passwords are taken, after NIST SP 800-63B-4: long enough, and not among those that are tried first. There is
 * no rule about kinds of characters, for such rules make passwords that people must write down and programs can guess.
 */
public final class PasswordRules {
    static final int SHORTEST = 12;
    static final int LONGEST = 256;
    private static final int DIFFERENT = 5;

    private final CommonPasswords common;
    private final BreachedPasswords breached;

    public PasswordRules(CommonPasswords common, BreachedPasswords breached) {
        this.common = common;
        this.breached = breached;
    }

    /**
     * Why a password is not taken, as a sentence to its author; empty if it is.
     *
     * @param known words of this person that others know: their names, the server's
     */
    public Optional<String> refuse(String password, Set<String> known) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of("It has fewer than %d characters. Several words in a row are good.".formatted(SHORTEST));
        }
        if (password.length() > LONGEST) {
            return Optional.of("It has more than %d characters.".formatted(LONGEST));
        }
        if (password.chars().distinct().count() < DIFFERENT) {
            return Optional.of("It repeats a few characters.");
        }
        var lower = password.toLowerCase(Locale.ROOT);
        var names = known.stream().map(word -> word.toLowerCase(Locale.ROOT)).filter(word -> word.length() > 3);
        if (names.anyMatch(name -> lower.replace(name, "").length() < SHORTEST / 2)) {
            return Optional.of("It is little more than a name that others know.");
        }
        if (common.contains(password)) {
            return Optional.of("It is made of a word or a row of keys that is tried first.");
        }
        if (MostUsedPasswords.contains(password)) {
            return Optional.of("It is little more than one of the passwords that people use most.");
        }
        return breached.contains(password)
                ? Optional.of("It is in a list of passwords that were stolen elsewhere.")
                : Optional.empty();
    }
}
