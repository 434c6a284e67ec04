package dev.stepzero.guard.keys;

import dev.stepzero.core.UserError;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;

/** An ECDSA key on the curve P-256 that signs evidence; safe for use by several threads. */
public final class SigningKey {
    private static final String LABEL = "PRIVATE KEY";
    private static final String FILE = "signing.pem";

    private final PrivateKey key;
    private final VerificationKey verification;

    private SigningKey(PrivateKey key, VerificationKey verification) {
        this.key = key;
        this.verification = verification;
    }

    /**
     * The key that a directory keeps: {@code signing.pem} with the private key in PKCS#8 and the public key behind it.
     * Where there is none, one is made; processes that do so at the same time get the same key.
     *
     * @param directory may not exist yet; only its owner may have access (0700), and to the file too (0600)
     * @throws UserError if the file holds no such key, if others have access, or if it cannot be made
     */
    public static SigningKey in(Path directory) {
        var file = new KeyFile(directory, FILE);
        return read(file.readOr(SigningKey::newPem), file.toString());
    }

    /** A new key in the place of the one that the directory keeps: that one is gone for good. */
    static SigningKey replaceIn(Path directory) {
        new KeyFile(directory, FILE).replace(newPem());
        return in(directory);
    }

    static boolean isIn(Path directory) {
        return new KeyFile(directory, FILE).exists();
    }

    private static String newPem() {
        var pair = Algorithm.newPair();
        return Pem.encode(LABEL, pair.getPrivate().getEncoded())
                + Pem.encode(VerificationKey.LABEL, pair.getPublic().getEncoded());
    }

    private static SigningKey read(String pem, String place) {
        var der = Pem.decode(pem, LABEL)
                .orElseThrow(
                        () -> UserError.unreadable("there is no readable unencrypted PRIVATE KEY, or more than one")
                                .at(place)
                                .fix("bring the file back from a backup, or move it away to get a new key"));
        if (Pem.decode(pem, VerificationKey.LABEL).isEmpty()) {
            throw UserError.unreadable("the file lacks the public key, or has more than one")
                    .at(place)
                    .fix("append it: openssl pkey -in %s -pubout -out public.pem && cat public.pem >> %s"
                            .formatted(place, place));
        }
        try {
            var key = Algorithm.keys().generatePrivate(new PKCS8EncodedKeySpec(der));
            return new SigningKey(key, VerificationKey.ofPem(pem)).proven();
        } catch (InvalidKeySpecException e) {
            throw UserError.unreadable("the private key is broken: " + e.getMessage())
                    .at(place)
                    .fix("bring the file back from a backup, or move it away to get a new key")
                    .because(e);
        } catch (UserError e) {
            throw e.at(place);
        }
    }

    private SigningKey proven() {
        var probe = new byte[32];
        if (!verification.verifies(probe, sign(probe))) {
            throw UserError.unreadable("the private and the public key do not belong together")
                    .fix("bring the file back from a backup, or move it away to get a new key");
        }
        return this;
    }

    /** What checks this key's signatures; it may be given to anybody. */
    public VerificationKey verification() {
        return verification;
    }

    /** Signs the message: ECDSA with SHA-256, the signature in DER, as cosign makes and reads it. */
    public byte[] sign(byte[] message) {
        try {
            var signature = Algorithm.signature();
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a P-256 key cannot sign", e);
        }
    }
}
