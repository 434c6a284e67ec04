package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What stands in a certificate that somebody wrote down. */
final class Certificates {
    private static final int MOST_CHARACTERS = 100_000;
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private Certificates() {}

    /** The first certificate in a PEM text, or that of a Base64 text; nothing for what is none. */
    static Value read(Value value) {
        if (!(value instanceof Value.Text(var text)) || text.length() > MOST_CHARACTERS) {
            return Value.ABSENT;
        }
        return certificate(text).<Value>map(Certificates::described).orElse(Value.ABSENT);
    }

    private static Optional<X509Certificate> certificate(String text) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin >= 0 && end < begin) {
            return Optional.empty();
        }
        var encoded = begin < 0 ? text : text.substring(begin + BEGIN.length(), end);
        try {
            var bytes = Base64.getDecoder().decode(encoded.replaceAll("\\s", ""));
            var read = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
            return read instanceof X509Certificate certificate ? Optional.of(certificate) : Optional.empty();
        } catch (CertificateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Value.Mapping described(X509Certificate certificate) {
        var entries = new LinkedHashMap<String, Located>();
        put(entries, "subject", Value.of(certificate.getSubjectX500Principal().getName()));
        put(entries, "issuer", Value.of(certificate.getIssuerX500Principal().getName()));
        put(entries, "not_before", day(certificate.getNotBefore()));
        put(entries, "not_after", day(certificate.getNotAfter()));
        put(entries, "signature_algorithm", Value.of(certificate.getSigAlgName()));
        var key = certificate.getPublicKey();
        put(entries, "key_algorithm", Value.of(key.getAlgorithm()));
        put(entries, "key_bits", bits(key));
        return new Value.Mapping(entries);
    }

    private static void put(Map<String, Located> entries, String name, Value value) {
        entries.put(name, Located.nowhere(value));
    }

    private static Value day(Date time) {
        return Value.of(time.toInstant().atZone(ZoneOffset.UTC).toLocalDate().toString());
    }

    private static Value bits(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> Value.of(rsa.getModulus().bitLength());
            case ECPublicKey curve -> Value.of(curve.getParams().getOrder().bitLength());
            case DSAPublicKey dsa
            when dsa.getParams() != null -> Value.of(dsa.getParams().getP().bitLength());
            default -> Value.ABSENT;
        };
    }
}
