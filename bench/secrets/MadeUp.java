package dev.stepzero.scan.secrets;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells samples that no issuer made, by rules that know nothing of our search. A random credential of fifty letters and
 * digits breaks one of them about once in ten million times.
 */
final class MadeUp {
    private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9_+/=.-]{12,}");
    private static final List<String> ROWS =
            List.of("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm");
    private static final List<String> WORDS = List.of("example", "placeholder", "changeme", "redacted", "xxxxx", "your_", "your-", "dummy", "fake", "123e4567-e89b-12d3");
    private static final int IN_A_ROW = 6;
    /** A random text of digits has four that come thrice in a row once in a million times. */
    private static final Pattern THRICE = Pattern.compile("(.{4,8})\\1\\1");

    private MadeUp() {}

    /**
     * Why no issuer made it; empty where one may have.
     *
     * @param secret the credential; empty where the collection does not tell which part of the text it is: then all parts
     *     that look like one have to be made up
     */
    static Optional<String> why(String secret, String text) {
        if (text.contains("-----BEGIN")) {
            return Optional.empty();
        }
        if (!secret.isEmpty()) {
            return why(secret);
        }
        var parts = CREDENTIAL.matcher(text).results()
                .map(part -> part.group())
                .filter(part -> part.matches(".*\\d.*") || why(part).isPresent())
                .toList();
        var reasons = parts.stream().map(MadeUp::why).toList();
        return reasons.isEmpty() || reasons.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : reasons.getFirst();
    }

    private static Optional<String> why(String secret) {
        var lower = secret.toLowerCase(Locale.ROOT);
        if (WORDS.stream().anyMatch(lower::contains)) {
            return Optional.of("it says so in words");
        }
        int run = 1;
        for (int i = 1; i < lower.length(); i++) {
            run = secret.charAt(i) == secret.charAt(i - 1) ? run + 1 : 1;
            if (run >= Math.max(IN_A_ROW, secret.length() / 5)) {
                return Optional.of("one character over and over");
            }
        }
        for (int i = 0; i + IN_A_ROW <= lower.length(); i++) {
            var part = lower.substring(i, i + IN_A_ROW);
            var back = new StringBuilder(part).reverse().toString();
            if (ROWS.stream().anyMatch(row -> row.contains(part) || row.contains(back))) {
                return Optional.of("in the order of alphabet, numbers or keyboard");
            }
        }
        if (THRICE.matcher(lower).find()) {
            return Optional.of("one part over and over");
        }
        for (int period = 2; period * 2 + 2 <= lower.length() && period <= 16; period++) {
            if (lower.length() >= 12 && lower.startsWith(lower.substring(period, Math.min(lower.length(), period + 12)))) {
                return Optional.of("one part over and over");
            }
        }
        return Optional.empty();
    }
}
