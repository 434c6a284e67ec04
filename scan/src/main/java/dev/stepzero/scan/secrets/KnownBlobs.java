package dev.stepzero.scan.secrets;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Home;
import dev.stepzero.rules.secrets.SecretRulebook;
import dev.stepzero.scan.tree.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The blobs of a repository in which nothing was found with these very rules, in Stepzero's cache: only their names, and of
 * those with a finding not even that. For use by several threads.
 */
final class KnownBlobs {
    /** To be raised where the search itself finds more than before. */
    private static final int SEARCH = 1;

    private static final int MOST = 4_000_000;

    private final Path file;
    private final Set<ObjectId> before = new HashSet<>();
    private final Set<ObjectId> now = new HashSet<>();
    private int skipped;

    KnownBlobs(Home home, Path repository, SecretRulebook rules) {
        this.file = home.cache().resolve("secrets").resolve(key(repository, rules) + ".blobs");
    }

    private static String key(Path repository, SecretRulebook rules) {
        try {
            var digest = Digest.sha256();
            digest.update(SecretRulebook.encode(rules.rules()));
            digest.update((byte) SEARCH);
            digest.update(Repositories.root(repository)
                    .orElse(repository)
                    .toAbsolutePath()
                    .toString()
                    .getBytes(StandardCharsets.UTF_8));
            return java.util.HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A cache that cannot be read is as good as none. */
    void read() {
        try {
            var bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            for (int i = 0; i + Constants.OBJECT_ID_LENGTH <= bytes.length; i += Constants.OBJECT_ID_LENGTH) {
                before.add(ObjectId.fromRaw(bytes, i));
            }
        } catch (IOException e) {
            before.clear();
        }
    }

    synchronized boolean has(ObjectId blob) {
        boolean there = before.contains(blob);
        skipped += there ? 1 : 0;
        return there;
    }

    synchronized void add(ObjectId blob) {
        if (before.size() + now.size() < MOST) {
            now.add(blob);
        }
    }

    synchronized int skipped() {
        return skipped;
    }

    /** What cannot be kept is searched again next time. */
    synchronized void write() {
        if (now.isEmpty()) {
            return;
        }
        now.addAll(before);
        var bytes = new byte[now.size() * Constants.OBJECT_ID_LENGTH];
        int at = 0;
        for (var blob : now) {
            blob.copyRawTo(bytes, at);
            at += Constants.OBJECT_ID_LENGTH;
        }
        try {
            Files.createDirectories(file.getParent());
            var draft = Files.createTempFile(file.getParent(), "blobs", ".tmp");
            Files.write(draft, bytes);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // Without a cache all is well, only slower.
        }
    }
}
