package dev.stepzero.server.tls;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.Source;
import dev.stepzero.server.ServerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Sees to it that there is a certificate: before the server listens, and again when a third of its life is left or it
 * lacks a domain. Where the authority does not answer, a certificate that is there goes on to serve, and it is tried again
 * every six hours, which no authority minds.
 */
@Component
public class Renewal implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration BETWEEN = Duration.ofHours(6);
    private static final int DNS_NAME = 2;

    private final Optional<AcmeSettings> settings;
    private final Path folder;
    private final Clock clock;
    private final Audit audit;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("renewal").factory());

    Renewal(ServerSettings settings, Clock clock, Audit audit) {
        this.settings = settings.acme();
        this.folder = this.settings
                .map(one -> one.folder(settings.home()))
                .orElseGet(() -> settings.home().root());
        this.clock = clock;
        this.audit = audit;
        if (this.settings.isPresent()) {
            begin();
            var _ = timer.scheduleWithFixedDelay(this::renew, BETWEEN.toHours(), BETWEEN.toHours(), TimeUnit.HOURS);
        }
    }

    private void begin() {
        if (certificate().isEmpty()) {
            order();
        } else {
            renew();
        }
    }

    /** Asks for another certificate if it is time; true if there is one. */
    boolean renew() {
        try {
            if (!isDue(certificate(), clock.instant())) {
                return false;
            }
            order();
            return true;
        } catch (UserError e) {
            LOG.error(
                    "the certificate was not renewed, and it is tried again in {} hours: {}",
                    BETWEEN.toHours(),
                    e.what());
        } catch (RuntimeException e) {
            LOG.error("the certificate was not renewed, and it is tried again in {} hours", BETWEEN.toHours(), e);
        }
        return false;
    }

    private void order() {
        var wanted = settings.orElseThrow();
        var domains = String.join(", ", wanted.domains());
        var here = new Source("", "");
        try {
            new Ordering(wanted, folder).run();
            audit.record(Audit.Entry.done("certificate.renew", "server", domains, here));
        } catch (UserError e) {
            audit.record(new Audit.Entry("certificate.renew", "server", domains, false, e.what(), here));
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserError.engine("the server was told to stop while it asked for a certificate");
        }
    }

    private boolean isDue(Optional<X509Certificate> certificate, Instant now) {
        if (certificate.isEmpty()) {
            return true;
        }
        var begins = certificate.get().getNotBefore().toInstant();
        var ends = certificate.get().getNotAfter().toInstant();
        var third = Duration.between(begins, ends).dividedBy(3);
        return now.isAfter(ends.minus(third))
                || !names(certificate.get()).containsAll(settings.orElseThrow().domains());
    }

    private static Set<String> names(X509Certificate certificate) {
        var names = new HashSet<String>();
        try {
            var found = certificate.getSubjectAlternativeNames();
            if (found != null) {
                found.stream()
                        .filter(name -> name.getFirst() instanceof Integer kind && kind == DNS_NAME)
                        .forEach(name -> names.add(String.valueOf(name.get(1))));
            }
        } catch (CertificateException e) {
            // One whose names cannot be read has none that we want.
        }
        return names;
    }

    private Optional<X509Certificate> certificate() {
        var file = folder.resolve("certificate.pem");
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    ServerCertificate.read(new TlsFiles(file, file)).chain().getFirst());
        } catch (UserError e) {
            LOG.warn("the certificate in {} cannot be read and is asked for anew: {}", file, e.what());
            return Optional.empty();
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
