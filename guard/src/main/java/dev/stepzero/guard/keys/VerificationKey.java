package dev.stepzero.guard.keys;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** An ECDSA key on the curve P-256 that checks signatures. Two of them are equal if they are the same key. */
public final class VerificationKey {
    static final String LABEL = "PUBLIC KEY";

    /** How the SubjectPublicKeyInfo of every uncompressed P-256 key begins (RFC 5480, section 2). */
    private static final String P256 = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";

    /** An uncompressed point: a byte that says so, and two coordinates of 32 bytes. */
    private static final int POINT = 65;

    private final PublicKey key;
    private final String id;

    private VerificationKey(PublicKey key) {
        this.key = key;
        this.id = fingerprint(key.getEncoded());
    }

    /**
     * Reads a public key in PEM, as {@code openssl pkey -pubout} and {@code cosign public-key} write it.
     *
     * @throws UserError if there is not exactly one, or if it is not on P-256
     */
    public static VerificationKey ofPem(String pem) {
        return Pem.decode(pem, LABEL)
                .map(VerificationKey::ofDer)
                .orElseThrow(() -> UserError.unreadable("there is no readable PUBLIC KEY, or more than one")
                        .fix("give one public key in PEM; openssl pkey -in KEY -pubout writes it"));
    }

    private static VerificationKey ofDer(byte[] der) {
        try {
            var key = (ECPublicKey) Algorithm.keys().generatePublic(new X509EncodedKeySpec(der));
            if (!HexFormat.of().formatHex(key.getEncoded()).startsWith(P256)) {
                throw new InvalidKeySpecException("it is on another curve");
            }
            if (!isOnItsCurve(key)) {
                throw new InvalidKeySpecException("its point is not on the curve");
            }
            return new VerificationKey(key);
        } catch (InvalidKeySpecException e) {
            throw UserError.unreadable("this is no ECDSA key on the curve P-256: " + e.getMessage())
                    .fix("make one with openssl ecparam -name prime256v1 -genkey")
                    .because(e);
        }
    }

    /** Java's own key factory takes any two numbers for a point. */
    private static boolean isOnItsCurve(ECPublicKey key) {
        var curve = key.getParams().getCurve();
        var prime = ((ECFieldFp) curve.getField()).getP();
        var x = key.getW().getAffineX();
        var y = key.getW().getAffineY();
        var right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
        return x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && y.pow(2).mod(prime).equals(right.mod(prime));
    }

    /**
     * Names the key: its OpenSSH fingerprint, as {@code ssh-keygen -l} prints it. The verifier of DSSE envelopes that
     * cosign stands on computes the same and passes over a signature whose hint says something else.
     */
    public String id() {
        return id;
    }

    /** Whether a hint names this key: by its id, or by the digest of its DER as our first evidence did. */
    public boolean isCalled(String hint) {
        return hint.equals(id) || hint.equals(Digest.of(key.getEncoded()).hex());
    }

    /** RFC 5656, section 3.1: the name of the algorithm, that of the curve, and the point. */
    private static String fingerprint(byte[] der) {
        var wire = new ByteArrayOutputStream();
        var point = Arrays.copyOfRange(der, der.length - POINT, der.length);
        for (var part : List.of(ascii("ecdsa-sha2-nistp256"), ascii("nistp256"), point)) {
            wire.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            wire.writeBytes(part);
        }
        var digest = Digest.sha256().digest(wire.toByteArray());
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The key as others read it: SubjectPublicKeyInfo in PEM. */
    public String pem() {
        return Pem.encode(LABEL, key.getEncoded());
    }

    /** The key's SubjectPublicKeyInfo in DER. */
    public byte[] der() {
        return key.getEncoded();
    }

    /** Whether this key's owner signed the message: ECDSA with SHA-256, the signature in DER. */
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            var check = Algorithm.signature();
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id;
    }
}
