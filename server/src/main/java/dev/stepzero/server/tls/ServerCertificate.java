package dev.stepzero.server.tls;

import dev.stepzero.core.UserError;
import dev.stepzero.server.files.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * A certificate with its chain and key, which fit each other.
 *
 * @param chain the server's own first, each signed by the next
 */
record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {
    private static final Duration SOON = Duration.ofDays(21);
    private static final int MOST = 10;
    private static final long LARGEST = 1 << 20;

    ServerCertificate {
        chain = List.copyOf(chain);
    }

    /**
     * Reads the files.
     *
     * @throws UserError if they cannot be read, or do not belong together
     */
    static ServerCertificate read(TlsFiles files) {
        var chain = chain(files.certificate());
        var key = key(files.key());
        if (!isKeyOf(chain.getFirst(), key)) {
            throw UserError.unreadable(
                            chain.stream().anyMatch(one -> isKeyOf(one, key))
                                    ? "the key belongs to a later certificate of the chain, so that its order is wrong"
                                    : "the key does not belong to the certificate")
                    .at(files.key().toString())
                    .fix("give the key that the certificate was asked for with, and put the server's own certificate"
                            + " first");
        }
        for (int at = 0; at + 1 < chain.size(); at++) {
            requireSignature(files.certificate(), chain.get(at), chain.get(at + 1));
        }
        return new ServerCertificate(chain, key);
    }

    private static List<X509Certificate> chain(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw UserError.unreadable("it is larger than a megabyte").at(file.toString());
            }
            var chain = PemContent.of(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .getCertificates();
            if (chain == null || chain.isEmpty() || chain.size() > MOST) {
                throw new IllegalStateException("no certificate, or too many");
            }
            return chain;
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw UserError.unreadable("no chain of certificates can be read from " + file)
                    .at("--tls-cert")
                    .fix("name a PEM file that this user may read, with the server's own certificate first")
                    .because(e);
        }
    }

    private static PrivateKey key(Path file) {
        var pem = new String(PrivateFile.read(file), StandardCharsets.ISO_8859_1);
        try {
            var key = PemContent.of(pem).getPrivateKey();
            if (key != null) {
                return key;
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            // What is wrong with it might quote it.
        }
        throw UserError.unreadable("no private key can be read from " + file)
                .at("--tls-key")
                .fix("name a PEM file with an RSA or EC key that no passphrase protects");
    }

    private static boolean isKeyOf(X509Certificate certificate, PrivateKey key) {
        try {
            var algorithm = switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> key.getAlgorithm();
            };
            var text = "stepzero".getBytes(StandardCharsets.US_ASCII);
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(text);
            var verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certificate.getPublicKey());
            verifying.update(text);
            return verifying.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void requireSignature(Path file, X509Certificate one, X509Certificate issuer) {
        try {
            one.verify(issuer.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw UserError.unreadable("the chain is broken: '%s' is not signed by '%s', which follows it"
                            .formatted(one.getSubjectX500Principal(), issuer.getSubjectX500Principal()))
                    .at(file.toString())
                    .fix("put the server's own certificate first, then the one that signed it, and so on")
                    .because(e);
        }
    }

    Instant ends() {
        return chain.stream()
                .map(one -> one.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** What browsers will complain about now or soon, as a sentence. */
    Optional<String> complaint(Instant now) {
        var begins = chain.getFirst().getNotBefore().toInstant();
        if (!ends().isAfter(now)) {
            return Optional.of("the certificate ended on %s: browsers and forges refuse to connect".formatted(ends()));
        }
        if (begins.isAfter(now)) {
            return Optional.of("the certificate begins on %s: browsers and forges refuse to connect".formatted(begins));
        }
        return ends().isBefore(now.plus(SOON))
                ? Optional.of("the certificate ends on %s: renew it".formatted(ends()))
                : Optional.empty();
    }

    /** The same in memory, as Java's TLS takes it. */
    KeyStore keyStore(String password) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, password.toCharArray(), chain.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A password for what never leaves memory. */
    static String password(SecureRandom random) {
        return Long.toHexString(random.nextLong());
    }
}
