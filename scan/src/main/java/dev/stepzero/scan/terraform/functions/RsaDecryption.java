package dev.stepzero.scan.terraform.functions;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.crypto.Cipher;

/** Decrypts with a key in PEM, as {@code rsadecrypt} does: RSA with the padding of PKCS #1 version 1.5. */
final class RsaDecryption {
    /** Version 0 and the algorithm's name, which PKCS #8 has in front of the older format's octets (RFC 5958). */
    private static final byte[] PKCS8_HEAD = {
        2, 1, 0, 0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
    };

    private RsaDecryption() {}

    static String of(String ciphertext, String pem) {
        var encrypted = Encodings.bytes(ciphertext);
        try {
            var key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key(pem)));
            var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.DECRYPT_MODE, key);
            return Encodings.text(cipher.doFinal(encrypted), "the decrypted text is not valid UTF-8");
        } catch (GeneralSecurityException e) {
            throw new FunctionError("failed to decrypt: " + e.getMessage());
        }
    }

    private static byte[] key(String pem) {
        var older = pem.contains("-----BEGIN RSA PRIVATE KEY-----");
        int start = pem.indexOf("-----", Math.max(0, pem.indexOf("-----BEGIN")) + 5);
        int end = pem.indexOf("-----END");
        if (!(older || pem.contains("-----BEGIN PRIVATE KEY-----")) || start < 0 || end < start + 5) {
            throw new FunctionError("invalid private key: failed to parse it as PEM");
        }
        var octets = Encodings.bytes(pem.substring(start + 5, end).replace(" ", ""));
        if (!older) {
            return octets;
        }
        var body = new ByteArrayOutputStream();
        body.writeBytes(PKCS8_HEAD);
        body.writeBytes(tagged(4, octets));
        return tagged(0x30, body.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        var der = new ByteArrayOutputStream();
        der.write(tag);
        if (content.length < 0x80) {
            der.write(content.length);
        } else {
            der.write(0x83);
            der.write(content.length >> 16);
            der.write(content.length >> 8);
            der.write(content.length);
        }
        der.writeBytes(content);
        return der.toByteArray();
    }
}
