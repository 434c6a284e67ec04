package dev.stepzero.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {
    private static final Authorities ROOT = Authorities.root("root");
    private static final Authorities MIDDLE = ROOT.signs("middle", Instant.now(), Duration.ofDays(200), true);

    @TempDir
    Path directory;

    private final Authorities own = MIDDLE.signs("ship.example.org");

    @Test
    void aChainWithItsKeyIsTaken() {
        var read = read(own.certificate(), MIDDLE.certificate(), ROOT.certificate());

        assertThat(read.chain()).hasSize(3);
        assertThat(read.complaint(Instant.now())).isEmpty();
    }

    @Test
    void anotherKeyIsRefusedWithWhatToDo() {
        refuses(
                own.keys().getPrivate(),
                "does not belong",
                ROOT.signs("another").certificate());
    }

    @Test
    void aChainInAnotherOrderOrWithAHoleIsRefused() {
        refuses(own.keys().getPrivate(), "order is wrong", MIDDLE.certificate(), own.certificate());
        refuses(
                own.keys().getPrivate(),
                "the chain is broken",
                own.certificate(),
                ROOT.certificate(),
                MIDDLE.certificate());
        refuses(own.keys().getPrivate(), "the chain is broken", own.certificate(), ROOT.certificate());
    }

    @Test
    void whatIsNoCertificateOrKeyIsRefused() throws Exception {
        var cert = Authorities.write(directory.resolve("cert"), own.certificate());
        var key = Authorities.write(directory.resolve("key"), own.keys().getPrivate());
        Files.writeString(directory.resolve("junk"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Files.write(directory.resolve("empty"), new byte[0]);
        Files.setPosixFilePermissions(directory.resolve("empty"), PosixFilePermissions.fromString("rw-------"));

        for (var wrong : new TlsFiles[] {
            new TlsFiles(directory.resolve("junk"), key),
            new TlsFiles(directory.resolve("empty"), key),
            new TlsFiles(directory.resolve("missing"), key),
            new TlsFiles(cert, directory.resolve("empty")),
            new TlsFiles(cert, directory.resolve("missing")),
            new TlsFiles(cert, cert)
        }) {
            assertThatThrownBy(() -> ServerCertificate.read(wrong))
                    .as(wrong.toString())
                    .isInstanceOf(UserError.class);
        }
    }

    @Test
    void aKeyThatStrangersReadIsRefused() throws Exception {
        var cert = Authorities.write(directory.resolve("cert"), own.certificate());
        var key = Authorities.write(directory.resolve("key"), own.keys().getPrivate());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> ServerCertificate.read(new TlsFiles(cert, key)))
                .hasMessageContaining("others have access");
    }

    @Test
    void theEndIsToldBeforehandAndAfterwards() {
        var read = read(own.certificate());
        var ends = own.certificate().getNotAfter().toInstant();

        assertThat(read.complaint(ends.minus(Duration.ofDays(20))))
                .hasValueSatisfying(text -> assertThat(text).contains("renew it"));
        assertThat(read.complaint(ends))
                .hasValueSatisfying(text -> assertThat(text).contains("ended on"));
        assertThat(read.complaint(Instant.EPOCH))
                .hasValueSatisfying(text -> assertThat(text).contains("begins on"));
    }

    private ServerCertificate read(Object... chain) {
        return ServerCertificate.read(files(own.keys().getPrivate(), chain));
    }

    private void refuses(Object key, String why, Object... chain) {
        assertThatThrownBy(() -> ServerCertificate.read(files(key, chain)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(why);
    }

    private TlsFiles files(Object key, Object... chain) {
        return new TlsFiles(
                Authorities.write(directory.resolve("cert"), chain), Authorities.write(directory.resolve("key"), key));
    }
}
