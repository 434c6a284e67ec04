package dev.stepzero.scan.secrets;

import dev.stepzero.rules.secrets.SecretRulebook;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Looks into texts that are no files of a tree, such as the settings and the files of an image, for credentials of known
 * forms. What has none, but is only given to a name that sounds like a secret, is left to who knows such names there. For
 * one thread.
 */
public final class SecretLook {
    private static final int LOOKED_AT = 8 << 10;

    private final SecretSearch search;
    private final KeySearch keys = new KeySearch();

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

    /** What private key in text form a file's first bytes hold, whatever the rest of them is. */
    public Optional<String> key(byte[] bytes, int length) {
        return keys.find(bytes, length);
    }

    /** What credential a small file holds that tools keep credentials in, by its absolute path and its content. */
    public Optional<String> credentialFile(String path, byte[] content, int length) {
        return CredentialFile.find(path, content, length);
    }

    /** Whether the beginning of a file is text. */
    public static boolean isText(byte[] bytes, int length) {
        for (int i = 0; i < Math.min(length, LOOKED_AT); i++) {
            if (bytes[i] == 0) {
                return false;
            }
        }
        return length > 0;
    }

    /** The rest of a large file, in which is sought while somebody reads it; there is one at a time. */
    public Watched watch(String path, byte[] head, int length, InputStream rest) {
        var found = new LinkedHashSet<Found>();
        boolean text = isText(head, length);
        if (text) {
            found.addAll(in(path, head, length));
        }
        var watched = keys.watch(head, length, rest, (window, count) -> {
            if (text) {
                found.addAll(in(path, window, count));
            }
        });
        return new Watched(watched, found);
    }

    /** A stream that is searched as it is read. */
    public static final class Watched extends FilterInputStream {
        private final KeySearch.Watched stream;
        private final Set<Found> found;

        private Watched(KeySearch.Watched stream, Set<Found> found) {
            super(stream);
            this.stream = stream;
            this.found = found;
        }

        /** What private key there is in all of it but its beginning; reads on to the end. */
        public Optional<String> key() throws IOException {
            return stream.key();
        }

        /** What else was found in what was read of it, with the beginning, if it is text. */
        public List<Found> found() {
            return List.copyOf(found);
        }
    }

    private static String what(Hit hit) {
        var title = hit.rule().title().replace(" can be read", "");
        return title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }
}
