package dev.stepzero.server.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The certificate that the server shows.
 *
 * @param names the hosts that it is for
 */
public record Certificate(String names, String issuer, Instant until) {
    private static final Duration SOON = Duration.ofDays(21);

    /** The first one of a chain in PEM; empty if the file cannot be read as one. */
    static Optional<Certificate> in(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in) instanceof X509Certificate own
                    ? Optional.of(new Certificate(
                            names(own),
                            own.getIssuerX500Principal().getName(),
                            own.getNotAfter().toInstant()))
                    : Optional.empty();
        } catch (IOException | CertificateException e) {
            return Optional.empty();
        }
    }

    /** Whether it has ended. */
    public boolean isOver(Instant now) {
        return !until.isAfter(now);
    }

    /** Whether it ends within three weeks. */
    public boolean isEnding(Instant now) {
        return until.isBefore(now.plus(SOON));
    }

    private static String names(X509Certificate own) throws CertificateParsingException {
        Collection<List<?>> names = own.getSubjectAlternativeNames();
        return names == null
                ? own.getSubjectX500Principal().getName()
                : names.stream().map(each -> String.valueOf(each.get(1))).collect(Collectors.joining(", "));
    }
}
