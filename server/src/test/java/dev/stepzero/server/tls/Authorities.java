package dev.stepzero.server.tls;

import dev.stepzero.server.files.PrivateFile;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates for tests. */
public record Authorities(X509Certificate certificate, KeyPair keys) {
    private static final AtomicLong NUMBERS = new AtomicLong(1);

    /** A root of its own. */
    static Authorities root(String name) {
        var keys = newKeys();
        return new Authorities(make(name, name, keys, keys, Instant.now(), Duration.ofDays(365), true), keys);
    }

    /** What this one signs for another. */
    Authorities signs(String name, Instant from, Duration life, boolean authority) {
        var theirs = newKeys();
        var issuer = certificate.getSubjectX500Principal().getName().replace("CN=", "");
        return new Authorities(make(name, issuer, theirs, keys, from, life, authority), theirs);
    }

    Authorities signs(String name) {
        return signs(name, Instant.now(), Duration.ofDays(90), false);
    }

    static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate make(
            String name,
            String issuer,
            KeyPair theirs,
            KeyPair signer,
            Instant from,
            Duration life,
            boolean authority) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Principal("CN=" + issuer),
                    BigInteger.valueOf(NUMBERS.getAndIncrement()),
                    Date.from(from.minusSeconds(60)),
                    Date.from(from.plus(life)),
                    new X500Principal("CN=" + name),
                    theirs.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, name), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
            var signing = new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signing));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path write(Path file, Object... things) {
        try {
            var text = new StringWriter();
            try (var writer = new JcaPEMWriter(text)) {
                for (var thing : things) {
                    writer.writeObject(thing instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : thing);
                }
            }
            PrivateFile.write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
