package dev.stepzero.guard.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The hundred thousand passwords that people use most, by the list of nbvcxz (MIT), in the order of use. It is read when
 * somebody chooses a password, and not kept. A password is among them if it is one of them, however it is spelt with
 * capitals, twice in a row, or with up to four characters before and behind.
 */
final class MostUsedPasswords {
    private static final String FILE = "most-used/passwords.txt";
    private static final int AROUND = 4;
    private static final int SHORTEST = 6;

    private MostUsedPasswords() {}

    static boolean contains(String password) {
        var wanted = new HashSet<String>();
        var typed = password.toLowerCase(Locale.ROOT);
        for (int from = 0; from <= AROUND && from < typed.length(); from++) {
            for (int left = 0; from + left <= AROUND && from + left < typed.length(); left++) {
                var inner = typed.substring(from, typed.length() - left);
                wanted.add(inner);
                var half = inner.substring(0, inner.length() / 2);
                if (inner.equals(half + half)) {
                    wanted.add(half);
                }
            }
        }
        wanted.removeIf(text -> text.length() < SHORTEST);
        return isListed(wanted);
    }

    private static boolean isListed(Set<String> wanted) {
        try (var file = MostUsedPasswords.class.getResourceAsStream(FILE);
                var lines = new BufferedReader(
                        new InputStreamReader(Objects.requireNonNull(file, FILE), StandardCharsets.UTF_8))) {
            return lines.lines().anyMatch(wanted::contains);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
