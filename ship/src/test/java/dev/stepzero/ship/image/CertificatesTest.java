package dev.stepzero.ship.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    @TempDir
    Path temporary;

    @Test
    void javaTrustsExactlyTheCertificatesThatWerePutIn() throws Exception {
        var known = known();

        var tree = written(known);

        var store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(bytes(tree, Certificates.KEY_STORE)), null);
        assertThat(Collections.list(store.aliases())).hasSameSizeAs(known).allMatch(name -> name.endsWith(".crt"));
        for (var alias : Collections.list(store.aliases())) {
            assertThat(store.isCertificateEntry(alias)).isTrue();
            assertThat(known).contains((X509Certificate) store.getCertificate(alias));
        }
    }

    @Test
    void otherProgramsGetTheSameAsPem() throws Exception {
        var known = known();

        var tree = written(known);

        var pem = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(bytes(tree, Certificates.PEM)));
        assertThat(pem.stream().map(X509Certificate.class::cast)).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void equalCertificatesGiveEqualBytes() throws Exception {
        var known = known();

        var one = bytes(written(known), Certificates.KEY_STORE);
        var other = bytes(written(known.reversed()), Certificates.KEY_STORE);

        assertThat(other).isEqualTo(one);
    }

    private FileTree written(List<X509Certificate> certificates) throws Exception {
        var all = new Certificates();
        for (var certificate : certificates) {
            var base64 = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
            all.add(
                    "ca/" + certificate.getSerialNumber().toString(16) + certificate.hashCode() + ".crt",
                    new FileTree.Content.Text(
                            "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n"));
        }
        var tree = new FileTree();
        all.writeTo(tree, Files.createTempDirectory(temporary, "spool"));
        return tree;
    }

    private static byte[] bytes(FileTree tree, String path) throws Exception {
        var node = (FileTree.Node.Regular) tree.find(path).orElseThrow();
        try (var in = node.content().open()) {
            return in.readAllBytes();
        }
    }

    private static List<X509Certificate> known() throws Exception {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        return Arrays.stream(trust.getTrustManagers())
                .map(X509TrustManager.class::cast)
                .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
                .distinct()
                .limit(20)
                .toList();
    }
}
