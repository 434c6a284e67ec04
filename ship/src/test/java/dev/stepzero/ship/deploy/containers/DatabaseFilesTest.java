package dev.stepzero.ship.deploy.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Secrets;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFilesTest {
    @TempDir
    Path home;

    private DatabaseFiles files;

    @BeforeEach
    void open() {
        files = new DatabaseFiles(new Staging(home), Secrets.in(home.resolve("secrets")), Clock.systemUTC());
    }

    @Test
    void nobodyEntersButTheTwoRolesEncryptedAndWithAPassword() {
        var rules = files.contents(database("invoicer"), "10.3.0.0/24")
                .getOrDefault("pg_hba.conf", "")
                .lines()
                .filter(line -> !line.startsWith("#"));

        assertThat(rules)
                .containsExactly("hostssl \"invoicer\" \"invoicer_owner\",\"invoicer_app\" 10.3.0.0/24 scram-sha-256");
    }

    @Test
    void theStatementsDoNotHoldThePasswords() {
        var contents = files.contents(database("invoicer"), "10.3.0.0/24");

        assertThat(contents.get("roles.sql"))
                .doesNotContain(contents.get("owner-password"), contents.get("role-password"));
    }

    @Test
    void theCertificateStaysTheSame() throws Exception {
        var first = files.contents(database("invoicer"), "10.3.0.0/24");
        files.write(first);

        var second = files.contents(database("invoicer"), "10.3.0.0/24");

        assertThat(second).isEqualTo(first);
        var certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(
                        second.getOrDefault("server.pem", "").getBytes(StandardCharsets.US_ASCII)));
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity(Date.from(Clock.systemUTC().instant()));
        assertThat(second.get("server.pem")).contains("BEGIN PRIVATE KEY");
    }

    @Test
    void onlyTheOwnerOfTheEnvironmentComesToTheFiles() throws Exception {
        var directory = files.write(files.contents(database("invoicer"), "10.3.0.0/24"));

        assertThat(Files.getPosixFilePermissions(home)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(directory).startsWith(home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "postgres", "template1", "pg_evil", "Invoicer", "a\"b", "a'b", "a b", "a\nb", "1a"})
    void aNameThatCouldSayMoreThanANameIsRefused(String name) {
        assertThatThrownBy(() -> files.contents(database(name), "10.3.0.0/24"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not a name for a database");
    }

    private static EnvironmentSpec.Database database(String name) {
        return new EnvironmentSpec.Database(name, "invoicer_app", "invoicer_owner", "DB", List.of());
    }
}
