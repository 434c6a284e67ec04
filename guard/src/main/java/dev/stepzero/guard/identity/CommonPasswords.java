package dev.stepzero.guard.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Passwords that are tried first: words of {@code common-passwords.txt}, however they are spelt with digits and signs,
 * repeated, or with digits and signs around them; and rows of a keyboard.
 *
 * @param words lower-case
 */
public record CommonPasswords(Set<String> words) {
    private static final String FILE = "common-passwords.txt";
    private static final String ROWS = "1234567890 0987654321 qwertyuiop poiuytrewq asdfghjkl lkjhgfdsa zxcvbnm mnbvcxz"
            + " qwertzuiopu yxcvbnm azertyuiop qsdfghjklm abcdefghijklmnopqrstuvwxyz zyxwvutsrqponmlkjihgfedcba"
            + " 1qaz2wsx3edc4rfv5tgb6yhn 1q2w3e4r5t6y7u8i9o0p";

    /** So many characters beside what is common still make no good password. */
    private static final int LITTLE = 4;

    public CommonPasswords {
        words = Set.copyOf(words);
    }

    public static CommonPasswords builtIn() {
        try (var file = CommonPasswords.class.getResourceAsStream(FILE)) {
            var text = new String(Objects.requireNonNull(file, FILE).readAllBytes(), StandardCharsets.UTF_8);
            return new CommonPasswords(text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .flatMap(line -> java.util.Arrays.stream(line.split(" ")))
                    .collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether little more than common words and rows of keys is in it. */
    public boolean contains(String password) {
        var typed = password.toLowerCase(Locale.ROOT);
        return rest(typed, plain(typed)) <= LITTLE;
    }

    /** How many letters and digits are left after the longest common parts, from left to right, are taken out. */
    private int rest(String typed, String plain) {
        int left = 0;
        for (int at = 0; at < typed.length(); ) {
            int taken = commonAt(typed, plain, at);
            if (taken == 0 && Character.isLetterOrDigit(typed.charAt(at))) {
                left++;
            }
            at += Math.max(1, taken);
        }
        return left;
    }

    private int commonAt(String typed, String plain, int at) {
        for (int end = typed.length(); end - at >= LITTLE; end--) {
            var part = typed.substring(at, end);
            var word = plain.substring(at, end);
            if (words.contains(part) || words.contains(word) || ROWS.contains(part) || isOneCharacter(part)) {
                return end - at;
            }
        }
        return 0;
    }

    private static boolean isOneCharacter(String part) {
        return part.chars().distinct().count() == 1;
    }

    /** With letters for the digits and signs that stand for them; as long as before. */
    private static String plain(String password) {
        return password.replace('0', 'o')
                .replace('1', 'i')
                .replace('3', 'e')
                .replace('4', 'a')
                .replace('5', 's')
                .replace('7', 't')
                .replace('@', 'a')
                .replace('$', 's')
                .replace('!', 'i');
    }
}
