package dev.stepzero.server.tls;

import dev.stepzero.core.UserError;
import dev.stepzero.server.ServerSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Speaks TLS 1.3 and 1.2 with the certificate of some files, and takes new ones over when these change, without a
 * restart and without a lost connection. New files that are wrong are complained about, and the former certificate stays.
 * One that has ended does not end the server, whose runs go on: it is complained about each day.
 */
@Component
public class Tls implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
    private static final Duration BETWEEN = Duration.ofSeconds(30);
    private static final Duration REMINDED = Duration.ofDays(1);
    private static final String CIPHERS = "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256"
            + ":ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305"
            + ":ECDHE-RSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256";

    private final Optional<TlsFiles> files;
    private final Clock clock;
    private final SecureRandom random;
    private final List<AbstractHttp11Protocol<?>> protocols = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("certificate").factory());
    private Optional<ServerCertificate> current = Optional.empty();
    private String wrong = "";
    private Instant reminded = Instant.MIN;

    /** Waits for the renewal, which sees to it that there is a certificate. */
    Tls(ServerSettings settings, Renewal renewal, Clock clock, SecureRandom random) {
        this.files = settings.certificate();
        this.clock = clock;
        this.random = random;
        files.ifPresent(found -> {
            use(ServerCertificate.read(found));
            var _ = timer.scheduleWithFixedDelay(
                    this::refresh, BETWEEN.toSeconds(), BETWEEN.toSeconds(), TimeUnit.SECONDS);
        });
    }

    /** Makes a connector speak TLS, if there is a certificate. */
    public synchronized void protect(Connector connector) {
        if (current.isPresent() && connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
            connector.setScheme("https");
            connector.setSecure(true);
            protocol.setSSLEnabled(true);
            protocol.addSslHostConfig(configuration(current.get()));
            protocols.add(protocol);
        }
    }

    /** Looks at the files, and shows what is in them from now on; false if it is the same or wrong. */
    synchronized boolean refresh() {
        try {
            var found = ServerCertificate.read(files.orElseThrow());
            wrong = "";
            if (current.filter(found::equals).isPresent()) {
                remind(found);
                return false;
            }
            use(found);
            protocols.forEach(protocol -> protocol.addSslHostConfig(configuration(found), true));
            LOG.info("the certificate was replaced; the new one ends on {}", found.ends());
            return true;
        } catch (UserError e) {
            complain(e.where().orElse("") + ": " + e.what());
        } catch (RuntimeException e) {
            complain(e.toString());
        }
        return false;
    }

    private void use(ServerCertificate certificate) {
        current = Optional.of(certificate);
        reminded = Instant.MIN;
        remind(certificate);
    }

    private void remind(ServerCertificate certificate) {
        var now = clock.instant();
        if (reminded.equals(Instant.MIN) || reminded.plus(REMINDED).isBefore(now)) {
            reminded = now;
            certificate.complaint(now).ifPresent(LOG::error);
        }
    }

    /** Says the same once. */
    private void complain(String why) {
        if (!wrong.equals(why)) {
            wrong = why;
            LOG.error("the new certificate is not used, the former one stays: {}", why);
        }
    }

    private SSLHostConfig configuration(ServerCertificate certificate) {
        var configuration = new SSLHostConfig();
        configuration.setProtocols("TLSv1.2+TLSv1.3");
        configuration.setCiphers(CIPHERS);
        configuration.setHonorCipherOrder(true);
        var shown = new SSLHostConfigCertificate(configuration, SSLHostConfigCertificate.Type.UNDEFINED);
        var password = ServerCertificate.password(random);
        shown.setCertificateKeystore(certificate.keyStore(password));
        shown.setCertificateKeystorePassword(password);
        configuration.addCertificate(shown);
        return configuration;
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
