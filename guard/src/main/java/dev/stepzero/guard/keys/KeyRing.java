package dev.stepzero.guard.keys;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The keys of one environment: the one that signs, and the public ones of all before it. A directory keeps them in
 * {@code signing.pem} and {@code trust.json}, which only its owner may read. The private half of a key that was
 * replaced is gone.
 */
public final class KeyRing {
    private final Path directory;
    private final Clock clock;
    private final KeyFile trust;

    private KeyRing(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
        this.trust = new KeyFile(directory, "trust.json");
    }

    /** The ring that a directory keeps; it need not be there yet. */
    public static KeyRing in(Path directory, Clock clock) {
        return new KeyRing(directory, clock);
    }

    /** Whether there is no key yet. */
    public boolean isEmpty() {
        return !SigningKey.isIn(directory);
    }

    /** The key that signs now; one is made where there is none. */
    public SigningKey signing() throws InterruptedException {
        var key = SigningKey.in(directory);
        keys();
        return key;
    }

    /** All keys whose signatures were ever trusted, the newest first, also those that were taken back since. */
    public List<TrustedKey> keys() throws InterruptedException {
        var known = TrustFile.read(trust);
        return isTold(known) ? known : changed(keys -> keys);
    }

    /** Whether the file already says of the key that signs now that it does. */
    private boolean isTold(List<TrustedKey> known) {
        return !SigningKey.isIn(directory)
                || (!known.isEmpty()
                        && known.getFirst().signs()
                        && known.getFirst()
                                .key()
                                .equals(SigningKey.in(directory).verification()));
    }

    /** Lets a new key sign from now on; what was signed before stays trusted. */
    public TrustedKey rotate() throws InterruptedException {
        return changed(keys -> {
                    SigningKey.replaceIn(directory);
                    return keys;
                })
                .getFirst();
    }

    /**
     * Takes a key back: nothing that it ever signed counts any more. If it is the one that signs, a new one takes its
     * place.
     *
     * @param name the key's id or its beginning, with or without {@code SHA256:}
     * @throws UserError if no key, or more than one, is called so
     */
    public TrustedKey revoke(String name, String reason) throws InterruptedException {
        var found = find(keys(), name);
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return find(
                changed(keys -> {
                    if (found.signs()) {
                        SigningKey.replaceIn(directory);
                    }
                    return keys.stream()
                            .map(each -> each.key().equals(found.key()) ? each.revoked(now, reason) : each)
                            .toList();
                }),
                found.key().id());
    }

    private static TrustedKey find(List<TrustedKey> keys, String name) {
        var wanted = name.startsWith("SHA256:") ? name : "SHA256:" + name;
        var found =
                keys.stream().filter(each -> each.key().id().startsWith(wanted)).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw UserError.usage(
                        (found.isEmpty() ? "no key is called '%s'" : "several keys are called '%s'").formatted(name))
                .fix("see: stepzero keys");
    }

    /** Changes the list under a lock, and then brings it in line with the key that signs. */
    private List<TrustedKey> changed(Function<List<TrustedKey>, List<TrustedKey>> change) throws InterruptedException {
        SigningKey.in(directory);
        try (var channel = FileChannel.open(
                        directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = lock(channel)) {
            if (!lock.isValid()) {
                throw new IOException("the lock was lost");
            }
            var keys = inLine(change.apply(inLine(TrustFile.read(trust))));
            trust.replace(TrustFile.print(keys));
            return keys;
        } catch (IOException e) {
            throw UserError.engine("cannot change the keys: " + e.getMessage())
                    .at(directory.toString())
                    .because(e);
        }
    }

    /** The signing key may have changed without the list: by a crash between the two, or by hand. */
    private List<TrustedKey> inLine(List<TrustedKey> keys) throws IOException {
        var current = SigningKey.in(directory).verification();
        if (!keys.isEmpty() && keys.getFirst().key().equals(current)) {
            return keys;
        }
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var made = Files.getLastModifiedTime(directory.resolve("signing.pem"))
                .toInstant()
                .truncatedTo(ChronoUnit.SECONDS);
        var all = new ArrayList<TrustedKey>();
        all.add(new TrustedKey(current, keys.isEmpty() && made.isBefore(now) ? made : now, null, null, null));
        keys.stream()
                .filter(each -> !each.key().equals(current))
                .map(each -> each.ended(now))
                .forEach(all::add);
        return List.copyOf(all);
    }

    /** Other processes are kept out by the lock itself, other threads of this one by its exception. */
    private static FileLock lock(FileChannel channel) throws IOException, InterruptedException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }
}
