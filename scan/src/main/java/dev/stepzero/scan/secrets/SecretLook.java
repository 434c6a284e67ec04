package dev.stepzero.scan.secrets;

import dev.stepzero.rules.secrets.SecretRulebook;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Looks into texts that are no files of a tree, such as the settings and the files of an image, for credentials of known
 * forms. What has none, but is only given to a name that sounds like a secret, is left to who knows such names there. For
 * one thread.
 */
public final class SecretLook {
    private final SecretSearch search;

    /** The kinds are read once: an image has thousands of files. */
    private static final class BuiltIn {
        private static final SecretKinds KINDS = new SecretKinds(SecretRulebook.builtIn());
    }

    /**
     * What was found, without its value.
     *
     * @param rule the kind's rule
     * @param what such as {@code a GitHub personal access token}
     * @param masked as it may be shown
     * @param doubtful whether more speaks against it than for it
     * @param token whether it has a form of its own, and not only stands where a password does
     */
    public record Found(String rule, String what, String masked, boolean doubtful, boolean token) {}

    public SecretLook() {
        search = new SecretSearch(BuiltIn.KINDS, System::nanoTime);
    }

    /** What is in a text. */
    public List<Found> in(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return in("", bytes, bytes.length);
    }

    /** What is in a file's first bytes. */
    public List<Found> in(String path, byte[] bytes, int length) {
        return search.search(bytes, length, Setting.of(path, bytes, length)).hits().stream()
                .filter(hit -> hit.weight() >= 2)
                .map(hit -> new Found(hit.rule().id(), what(hit), Masked.of(hit), hit.doubtful(), hit.weight() > 2))
                .toList();
    }

    private static String what(Hit hit) {
        var title = hit.rule().title().replace(" can be read", "");
        return title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }
}
