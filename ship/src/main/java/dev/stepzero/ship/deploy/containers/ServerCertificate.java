package dev.stepzero.ship.deploy.containers;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Makes self-signed certificates (RFC 5280), so that a server can encrypt. */
final class ServerCertificate {
    private static final int YEARS = 10;

    private ServerCertificate() {}

    /** A certificate for a host's name and its new key on the curve P-256 (PKCS #8), both in PEM. */
    static String generate(String host, Instant now) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var keys = generator.generateKeyPair();
            var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
            var name = new X500Name("CN=" + host);
            var content = new V3TBSCertificateGenerator();
            content.setSerialNumber(new ASN1Integer(new BigInteger(64, new SecureRandom())));
            content.setSignature(algorithm);
            content.setIssuer(name);
            content.setSubject(name);
            content.setStartDate(new Time(Date.from(now.minus(1, ChronoUnit.DAYS))));
            content.setEndDate(new Time(Date.from(now.plus(365L * YEARS, ChronoUnit.DAYS))));
            content.setSubjectPublicKeyInfo(
                    SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
            var signed = content.generateTBSCertificate();
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getEncoded("DER"));
            var parts = new ASN1EncodableVector();
            parts.add(signed);
            parts.add(algorithm);
            parts.add(new DERBitString(signature.sign()));
            return pem("CERTIFICATE", new DERSequence(parts).getEncoded("DER"))
                    + pem("PRIVATE KEY", keys.getPrivate().getEncoded());
        } catch (GeneralSecurityException | IOException e) {
            throw UserError.engine("cannot make a certificate for the database: " + e.getMessage())
                    .because(e);
        }
    }

    private static String pem(String type, byte[] content) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, body);
    }
}
