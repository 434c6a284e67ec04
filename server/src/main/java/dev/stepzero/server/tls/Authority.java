package dev.stepzero.server.tls;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** An authority of one's own, whose web server shows a certificate that is signed by a root of one's own. */
final class Authority extends GenericAcmeProvider {
    private final SSLContext trust;

    Authority(Path root) {
        this.trust = trusting(root);
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
        return HttpClient.newBuilder()
                .sslContext(trust)
                .connectTimeout(settings.getTimeout())
                .build();
    }

    private static SSLContext trusting(Path root) {
        try (var file = Files.newInputStream(root)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("root" + number++, certificate);
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw UserError.unreadable("no certificate can be read from " + root)
                    .at("--acme-root")
                    .fix("name a PEM file with the root of the authority's own certificate")
                    .because(e);
        }
    }
}
