package dev.stepzero.guard.secrets;

import dev.stepzero.core.UserError;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Key-encrypting keys in a file of mode 0600: a line of Base64 each, of which the first wraps and all unwrap. A key's
 * id is a digest of it. The file is made when the first secret is stored.
 */
final class KeyFile implements KeyEncryptionKey {
    private static final String KIND = "file:";
    private static final String HEADING = """
            # The keys that encrypt the keys of all secrets. The first wraps, the others only unwrap.
            # Keep a copy in a safe place: without this file no secret can be read.
            """;
    private static final int ID_BYTES = 8;

    private final StrictFile file;
    private final Sealing sealing;

    KeyFile(Path file, SecureRandom random) {
        this.file = new StrictFile(file);
        this.sealing = new Sealing(random);
    }

    @Override
    public Wrapped wrap(byte[] dataKey, SecretVersion version) {
        if (!file.exists()) {
            create();
        }
        try (var keys = read()) {
            var key = keys.all().getFirst();
            var id = id(key);
            return new Wrapped(id, Ciphertext.of(sealing.seal(key, dataKey, version.bytes(id))));
        }
    }

    @Override
    public boolean unwraps(String keyId) {
        if (!keyId.startsWith(KIND) || !file.exists()) {
            return false;
        }
        try (var keys = read()) {
            return keys.all().stream().anyMatch(key -> id(key).equals(keyId));
        }
    }

    @Override
    public Optional<byte[]> unwrap(Wrapped wrapped, SecretVersion version) {
        try (var keys = read()) {
            return keys.all().stream()
                    .filter(key -> id(key).equals(wrapped.keyId()))
                    .findFirst()
                    .flatMap(key -> Sealing.open(key, wrapped.key().bytes(), version.bytes(wrapped.keyId())));
        }
    }

    @Override
    public Optional<String> currentId() {
        if (!file.exists()) {
            return Optional.empty();
        }
        try (var keys = read()) {
            return Optional.of(id(keys.all().getFirst()));
        }
    }

    /** Lets a new key wrap from now on. */
    void rotate() {
        try (var keys = read()) {
            var all = new ArrayList<>(keys.all());
            all.addFirst(sealing.newKey());
            write(all);
            Arrays.fill(all.getFirst(), (byte) 0);
        }
    }

    /** Forgets the keys that wrap nothing any more; the first stays. */
    void forgetAllBut(Set<String> used) {
        try (var keys = read()) {
            var kept = new ArrayList<>(keys.all());
            kept.subList(1, kept.size()).removeIf(key -> !used.contains(id(key)));
            if (kept.size() < keys.all().size()) {
                write(kept);
            }
        }
    }

    private void create() {
        var key = sealing.newKey();
        var content = content(List.of(key));
        // Where another process is faster, its key is ours.
        file.create(content);
        Arrays.fill(content, (byte) 0);
        Arrays.fill(key, (byte) 0);
    }

    private void write(List<byte[]> keys) {
        var content = content(keys);
        file.replace(content);
        Arrays.fill(content, (byte) 0);
    }

    private static byte[] content(List<byte[]> keys) {
        var content = new ByteArrayOutputStream();
        content.writeBytes(HEADING.getBytes(StandardCharsets.US_ASCII));
        for (var key : keys) {
            content.writeBytes(Base64.getEncoder().encode(key));
            content.write('\n');
        }
        return content.toByteArray();
    }

    private Keys read() {
        var content = file.read();
        var keys = new ArrayList<byte[]>();
        int line = 0;
        for (int from = 0; from < content.length; ) {
            int to = from;
            while (to < content.length && content[to] != '\n') {
                to++;
            }
            line++;
            if (to > from && content[from] != '#') {
                keys.add(key(Arrays.copyOfRange(content, from, to), line));
            }
            from = to + 1;
        }
        Arrays.fill(content, (byte) 0);
        if (keys.isEmpty()) {
            throw broken(1);
        }
        return new Keys(keys);
    }

    private byte[] key(byte[] text, int line) {
        try {
            var key = Base64.getDecoder().decode(text);
            Arrays.fill(text, (byte) 0);
            if (key.length == Sealing.KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without what the line holds.
        }
        throw broken(line);
    }

    private UserError broken(int line) {
        return UserError.unreadable("not a key of 32 bytes in Base64")
                .at(file.path() + ":" + line)
                .fix("bring the file back from a backup");
    }

    private static String id(byte[] key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("stepzero key id".getBytes(StandardCharsets.US_ASCII));
            return KIND + HexFormat.of().formatHex(digest.digest(key), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Keys(List<byte[]> all) implements AutoCloseable {
        @Override
        public void close() {
            all.forEach(key -> Arrays.fill(key, (byte) 0));
        }
    }
}
