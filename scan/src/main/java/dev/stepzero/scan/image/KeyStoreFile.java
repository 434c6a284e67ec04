package dev.stepzero.scan.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Private keys in binary form: key stores and PKCS #8. A store of certificates only, such as a JDK's, is none. */
final class KeyStoreFile {
    private static final List<String> STORES = List.of(".p12", ".pfx", ".jks", ".keystore", ".pkcs12");
    private static final List<String> KEYS = List.of(".key", ".der", ".pk8", ".p8");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519", "DSA");

    private KeyStoreFile() {}

    /** Judges by content; the name decides only whether it is worth a look. */
    static Optional<String> privateKey(String fileName, byte[] content, int length) {
        var name = fileName.toLowerCase(Locale.ROOT);
        if (STORES.stream().anyMatch(name::endsWith)) {
            return store(content, length);
        }
        if (KEYS.stream().anyMatch(name::endsWith) && length > 0 && content[0] == 0x30) {
            var bytes = Arrays.copyOf(content, length);
            return ALGORITHMS.stream()
                    .filter(algorithm -> isKey(algorithm, bytes))
                    .findFirst()
                    .map(algorithm -> "a PKCS #8 " + algorithm + " private key");
        }
        return Optional.empty();
    }

    private static boolean isKey(String algorithm, byte[] content) {
        try {
            KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Without its password a store still tells which entries are keys. */
    private static Optional<String> store(byte[] content, int length) {
        try {
            // The JDK's JKS reads both formats.
            var store = KeyStore.getInstance("JKS");
            store.load(new ByteArrayInputStream(content, 0, length), null);
            for (var alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return Optional.of("a key store with the private key '" + Printable.of(alias) + "'");
                }
            }
            return Optional.empty();
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // Broken, or no store at all: the name promised more than there is.
            return Optional.empty();
        }
    }
}
