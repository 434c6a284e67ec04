package dev.stepzero.ship.image;

import dev.stepzero.core.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.SafeBag;

/**
 * The certificate authorities that an image trusts, as one PEM file for most programs and as a key store for Java. The
 * key store has neither password nor salt, as the JDK's own: equal certificates give equal bytes.
 */
final class Certificates {
    static final String PEM = "etc/ssl/certs/ca-certificates.crt";
    static final String KEY_STORE = "etc/ssl/certs/java/cacerts";

    /** Marks a certificate as trusted; Java ignores those without it. */
    private static final ASN1ObjectIdentifier TRUSTED = new ASN1ObjectIdentifier("2.16.840.1.113894.746875.1.1");

    private static final ASN1ObjectIdentifier ANY_USE = new ASN1ObjectIdentifier("2.5.29.37.0");

    private final TreeMap<String, X509Certificate> byAlias = new TreeMap<>();

    /** Adds every certificate of a PEM file; {@code name} becomes the alias. */
    void add(String name, FileTree.Content pem) throws IOException {
        try (var in = pem.open()) {
            var number = 0;
            var all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(in.readAllBytes()));
            for (var certificate : all) {
                byAlias.put(name + (number++ == 0 ? "" : "-" + number), (X509Certificate) certificate);
            }
        } catch (CertificateException e) {
            throw UserError.unreadable("not a certificate").at(name).because(e);
        }
    }

    void writeTo(FileTree tree, Path spool) throws IOException {
        if (byAlias.isEmpty()) {
            return;
        }
        try {
            tree.text(PEM, pem());
            tree.link("usr/lib/ssl/cert.pem", "/" + PEM);
            var store = spool.resolve("cacerts");
            Files.write(store, keyStore());
            tree.file(KEY_STORE, store, false);
        } catch (CertificateEncodingException e) {
            throw new IOException("a certificate cannot be written", e);
        }
    }

    private String pem() throws CertificateEncodingException {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
        var text = new StringBuilder();
        for (var certificate : byAlias.values()) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(new String(base64.encode(certificate.getEncoded()), StandardCharsets.US_ASCII))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return text.toString();
    }

    /** PKCS #12 (RFC 7292) with plain certificate bags and no integrity check. */
    private byte[] keyStore() throws IOException, CertificateEncodingException {
        var bags = new ASN1Encodable[byAlias.size()];
        var i = 0;
        for (var entry : byAlias.entrySet()) {
            var bag = new CertBag(
                    PKCSObjectIdentifiers.x509Certificate,
                    new DEROctetString(entry.getValue().getEncoded()));
            var attributes = new DERSet(new ASN1Encodable[] {
                attribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString(alias(entry.getKey()))),
                attribute(TRUSTED, ANY_USE)
            });
            bags[i++] = new SafeBag(PKCSObjectIdentifiers.certBag, bag, attributes);
        }
        var safe = data(new DERSequence(data(new DERSequence(bags))));
        return new Pfx(safe, null).getEncoded(ASN1Encoding.DER);
    }

    private static String alias(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static ContentInfo data(ASN1Encodable content) throws IOException {
        return new ContentInfo(
                PKCSObjectIdentifiers.data,
                new DEROctetString(content.toASN1Primitive().getEncoded(ASN1Encoding.DER)));
    }

    private static DERSequence attribute(ASN1ObjectIdentifier name, ASN1Encodable value) {
        return new DERSequence(new ASN1Encodable[] {name, new DERSet(value)});
    }
}
