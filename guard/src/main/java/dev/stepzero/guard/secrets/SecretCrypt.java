package dev.stepzero.guard.secrets;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.KeyEncryptionKey.Wrapped;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/** Seals values and the heads of secrets under data keys, and those under the key-encrypting key. */
final class SecretCrypt {
    private static final String VALUE = "value";

    private final KeyEncryption keys;
    private final Sealing sealing;

    SecretCrypt(KeyEncryption keys, SecureRandom random) {
        this.keys = keys;
        this.sealing = new Sealing(random);
    }

    /** A version that was just sealed, with its data key still at hand to seal the head. */
    final class Fresh implements AutoCloseable {
        private final byte[] dataKey;
        private final SecretRows.Written row;

        private Fresh(byte[] dataKey, SecretRows.Written row) {
            this.dataKey = dataKey;
            this.row = row;
        }

        SecretRows.Written row() {
            return row;
        }

        Ciphertext seal(SecretHead head) {
            return Ciphertext.of(sealing.seal(dataKey, new byte[0], head.bytes()));
        }

        @Override
        public void close() {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    Fresh seal(SecretVersion version, SecretValue value) throws InterruptedException {
        var dataKey = sealing.newKey();
        var wrapped = keys.current().wrap(dataKey, version);
        var text = value.copy();
        try {
            var sealed = Ciphertext.of(sealing.seal(dataKey, text, version.bytes(VALUE)));
            return new Fresh(dataKey, new SecretRows.Written(version.number(), wrapped, sealed));
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    SecretValue open(SecretVersion version, SecretRows.Sealed row) throws InterruptedException {
        var dataKey = dataKey(version, row.wrapped());
        try {
            return Sealing.open(dataKey, row.sealed().bytes(), version.bytes(VALUE))
                    .map(SecretValue::of)
                    .orElseThrow(() -> altered(version, "its value is not the one that was stored"));
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    /** @throws UserError if the head is not the one that was sealed with this version */
    void requireSealed(SecretHead head, Ciphertext seal, SecretRows.Sealed current) throws InterruptedException {
        var version = new SecretVersion(head.id(), head.current());
        var dataKey = dataKey(version, current.wrapped());
        try {
            if (Sealing.open(dataKey, seal.bytes(), head.bytes()).isEmpty()) {
                throw altered(version, "which of its versions are valid was changed");
            }
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    boolean isCurrent(Wrapped wrapped) {
        return keys.current().currentId().equals(Optional.of(wrapped.keyId()));
    }

    Wrapped rewrap(SecretVersion version, Wrapped wrapped) throws InterruptedException {
        var dataKey = dataKey(version, wrapped);
        try {
            return keys.current().wrap(dataKey, version);
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    private byte[] dataKey(SecretVersion version, Wrapped wrapped) throws InterruptedException {
        return keys.unwrap(wrapped, version)
                .orElseThrow(() -> altered(version, "its key is not the one that was stored"));
    }

    private static UserError altered(SecretVersion version, String how) {
        return UserError.blocked("%s was altered behind Stepzero's back: %s".formatted(version, how))
                .fix("find out who did so, then store a new value: stepzero secrets rotate --overlap 0s");
    }
}
