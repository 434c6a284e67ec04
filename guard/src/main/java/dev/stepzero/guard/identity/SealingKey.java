package dev.stepzero.guard.identity;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The key, kept in a file outside the database, that seals what must be read again: AES-256-GCM. */
public final class SealingKey {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    private SealingKey(byte[] key, SecureRandom random) {
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /** Reads the key, or makes one where there is none; servers that share a database share this file. */
    public static SealingKey in(Path file, SecureRandom random) {
        try {
            if (Files.notExists(file)) {
                make(file, random);
            }
            var bytes = Files.readAllBytes(file);
            if (bytes.length != KEY_BYTES) {
                throw UserError.unreadable("a sealing key has %d bytes, this has %d".formatted(KEY_BYTES, bytes.length))
                        .at(file.toString())
                        .fix("bring the file back from your backup");
            }
            return new SealingKey(bytes, random);
        } catch (IOException e) {
            throw UserError.unreadable("cannot read or make the sealing key: " + e)
                    .at(file.toString())
                    .fix("let the user who runs stepzero read and write its home directory")
                    .because(e);
        }
    }

    private static void make(Path file, SecureRandom random) throws IOException {
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        var bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            channel.write(ByteBuffer.wrap(bytes));
        } catch (FileAlreadyExistsException e) {
            // Another server made it in this moment; it is read below.
            return;
        }
    }

    /** Seals a value for one purpose; it opens for no other. */
    public byte[] seal(byte[] value, String purpose) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var hidden = run(Cipher.ENCRYPT_MODE, nonce, value, purpose);
        return ByteBuffer.allocate(NONCE_BYTES + hidden.length)
                .put(nonce)
                .put(hidden)
                .array();
    }

    /**
     * Opens what was sealed for a purpose.
     *
     * @throws UserError if it was sealed for another one, by another key, or altered
     */
    public byte[] open(byte[] box, String purpose) {
        var nonce = Arrays.copyOf(box, NONCE_BYTES);
        return run(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(box, NONCE_BYTES, box.length), purpose);
    }

    /** A secret for one purpose, the same each time, from which neither this key nor another purpose's follows. */
    public byte[] derived(String purpose) {
        try {
            var mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            return mac.doFinal(("derived for " + purpose).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] run(int mode, byte[] nonce, byte[] value, String purpose) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return cipher.doFinal(value);
        } catch (GeneralSecurityException e) {
            throw UserError.unreadable("a sealed value does not open with this server's key")
                    .fix("bring back the sealing key that it was sealed with, or enrol anew")
                    .because(e);
        }
    }
}
