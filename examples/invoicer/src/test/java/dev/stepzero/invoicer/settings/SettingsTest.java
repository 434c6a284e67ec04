package dev.stepzero.invoicer.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Map<String, String> POSTGRES = Map.of(
            "INVOICER_POSTGRES_HOST",
            "db",
            "INVOICER_POSTGRES_DB",
            "invoicer",
            "INVOICER_POSTGRES_USER",
            "app",
            "INVOICER_POSTGRES_PASSWORD",
            "p w");

    private static Environment with(Map<String, String> base, String... more) {
        var all = new HashMap<>(base);
        for (var i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return new Environment(all);
    }

    @ParameterizedTest
    @CsvSource({
        "db, db, 5432, require",
        "db:6000, db, 6000, require",
        "10.0.0.1:6000, 10.0.0.1, 6000, require",
        "fd00::1, fd00::1, 5432, require",
        "[fd00::1]:6000, fd00::1, 6000, require",
        "[::1], ::1, 5432, prefer",
        "localhost, localhost, 5432, prefer",
        "127.0.0.1:6000, 127.0.0.1, 6000, prefer"
    })
    void the_host_may_carry_a_port_and_only_loopback_goes_without_tls(String text, String host, int port, String mode) {
        var settings = PostgresSettings.from(with(POSTGRES, "INVOICER_POSTGRES_HOST", text));

        assertThat(settings.host()).isEqualTo(host);
        assertThat(settings.port()).isEqualTo(port);
        assertThat(settings.sslMode()).isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource({
        "INVOICER_POSTGRES_HOST, db:x, INVOICER_POSTGRES_HOST has no valid port number: x",
        "INVOICER_POSTGRES_HOST, db:65536, INVOICER_POSTGRES_HOST has no valid port number: 65536",
        "INVOICER_POSTGRES_HOST, ' ', INVOICER_POSTGRES_HOST is not set",
        "INVOICER_POSTGRES_SSLMODE, maybe, INVOICER_POSTGRES_SSLMODE must be one of",
        "INVOICER_POSTGRES_PASSWORD, '', neither INVOICER_POSTGRES_PASSWORD nor INVOICER_POSTGRES_PASSWORD_FILE is set",
        "INVOICER_POSTGRES_PASSWORD_FILE, /x, both INVOICER_POSTGRES_PASSWORD and INVOICER_POSTGRES_PASSWORD_FILE"
    })
    void a_mistake_is_named(String name, String value, String message) {
        assertThatThrownBy(() -> PostgresSettings.from(with(POSTGRES, name, value)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_secret_can_come_from_a_file_without_its_last_line_break(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("password"), " two\nlines \n");

        assertThat(new Environment(Map.of("X_FILE", file.toString()))
                        .requiredSecret("X")
                        .reveal())
                .isEqualTo(" two\nlines ");
    }

    @Test
    void a_secret_file_that_is_empty_missing_or_large_is_refused(@TempDir Path directory) throws IOException {
        var empty = Files.writeString(directory.resolve("empty"), "\n");
        var large = Files.writeString(directory.resolve("large"), "x".repeat(5000));

        for (var file : new Path[] {empty, large, directory.resolve("missing"), directory}) {
            assertThatThrownBy(() -> new Environment(Map.of("X_FILE", file.toString())).secret("X"))
                    .isInstanceOf(UserError.class)
                    .hasMessageStartingWith("X_FILE names a file that");
        }
    }

    @Test
    void secrets_do_not_print_themselves() {
        assertThat(PostgresSettings.from(with(POSTGRES)).toString()).doesNotContain("p w");
    }

    @ParameterizedTest
    @CsvSource({
        "INVOICER_OIDC_ISSUER, http://issuer.example, must be an https URL",
        "INVOICER_OIDC_ISSUER, issuer, must be an https URL",
        "INVOICER_OIDC_ISSUER, 'https://a b', is no URL",
        "INVOICER_OIDC_REDIRECT_URI, https://app.example/other, must end in /oauth2callback",
        "INVOICER_OIDC_CLIENT_ID, '', INVOICER_OIDC_CLIENT_ID is not set",
        "INVOICER_OIDC_CLIENT_SECRET, '', neither INVOICER_OIDC_CLIENT_SECRET nor"
    })
    void half_an_issuer_is_refused(String name, String value, String message) {
        var good = Map.of(
                "INVOICER_OIDC_ISSUER", "https://issuer.example",
                "INVOICER_OIDC_CLIENT_ID", "c",
                "INVOICER_OIDC_CLIENT_SECRET", "s",
                "INVOICER_OIDC_REDIRECT_URI", "https://app.example/oauth2callback");

        assertThat(AccessSettings.from(with(good)).oidc()).isPresent();
        assertThatThrownBy(() -> AccessSettings.from(with(good, name, value)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }
}
