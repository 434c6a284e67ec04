package dev.stepzero.scan.secrets;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What stands around the password of an address such as {@code postgres://user:password@host/}. */
final class Login {
    private static final Set<String> THIS_MACHINE =
            WordList.set("localhost 127.0.0.1 0.0.0.0 [::1] host.docker.internal");
    private static final int LONGEST_HOST = 64;

    private static final String DEFAULT = "it is the name of its user, as containers have it for a default";
    private static final String LOCAL = "its host is this machine";

    private Login() {}

    /** What speaks against a password between two places of a text; the address begins at the first place. */
    static List<String> doubts(Bytes text, int start, int from, int to) {
        if (from < 1 || to >= text.length() || text.array()[from - 1] != ':' || text.array()[to] != '@') {
            return List.of();
        }
        boolean same = text.text(start, from - 1)
                .toLowerCase(Locale.ROOT)
                .endsWith("/" + text.text(from, to).toLowerCase(Locale.ROOT));
        boolean local = THIS_MACHINE.contains(host(text, to + 1));
        if (same) {
            return local ? List.of(DEFAULT, LOCAL) : List.of(DEFAULT);
        }
        return local ? List.of(LOCAL) : List.of();
    }

    private static String host(Bytes text, int from) {
        int at = from;
        int limit = Math.min(text.length(), from + LONGEST_HOST);
        boolean bracket = at < limit && text.array()[at] == '[';
        while (at < limit && isHost(text.array()[at], bracket)) {
            at++;
        }
        return text.text(from, at).toLowerCase(Locale.ROOT);
    }

    private static boolean isHost(byte b, boolean bracket) {
        return Letters.isWord(b) || b == '.' || b == '-' || (bracket && (b == '[' || b == ']' || b == ':'));
    }
}
