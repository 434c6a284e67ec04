package dev.stepzero.ship.forge.client;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Tells from a connection that failed what is wrong with a forge's certificate: trying again at once does not help. */
record BadCertificate(String what, String fix) {
    private static final String CLOCK = ", or set this machine's clock if that is wrong";

    /** Empty if it failed for another reason. */
    static Optional<BadCertificate> in(Throwable failure) {
        var causes = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .toList();
        if (causes.stream().noneMatch(SSLException.class::isInstance)) {
            return Optional.empty();
        }
        return causes.reversed().stream().flatMap(BadCertificate::of).findFirst();
    }

    private static Stream<BadCertificate> of(Throwable cause) {
        return switch (cause) {
            case CertificateExpiredException e ->
                Stream.of(
                        new BadCertificate("its certificate has ended: " + e.getMessage(), "have it renewed" + CLOCK));
            case CertificateNotYetValidException e ->
                Stream.of(new BadCertificate(
                        "its certificate does not count yet: " + e.getMessage(), "wait until it does" + CLOCK));
            case CertPathBuilderException _ ->
                Stream.of(new BadCertificate(
                        "its certificate comes from an authority that is not trusted here",
                        "have the forge send its whole chain, or let the JDK that runs stepzero trust that authority"));
            case CertificateException e ->
                Stream.of(new BadCertificate(
                        "its certificate is not for it: " + e.getMessage(), "have one made for the forge's name"));
            default -> Stream.empty();
        };
    }
}
