package dev.stepzero.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.server.tls.TlsFiles;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {
    private static final Optional<TlsFiles> TLS = Optional.of(new TlsFiles(Path.of("cert"), Path.of("key")));

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:80", "[::]:80", "192.0.2.1:8443"})
    void plainHttpIsForThisMachineOnly(String listen) {
        assertThatThrownBy(() -> settings(listen, Optional.empty(), Optional.empty()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("plain HTTP is for this machine only");
        assertThat(settings(listen, TLS, Optional.empty()).secure()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8443", "8443", "localhost:8443", "[::1]:8443"})
    void onLoopbackPeopleAreSentToAName(String listen) {
        var settings = settings(listen, Optional.empty(), Optional.empty());

        assertThat(settings.address(8443)).isEqualTo(URI.create("http://localhost:8443"));
        assertThat(settings.secure()).isFalse();
    }

    @Test
    void behindAProxyThePublicAddressCounts() {
        var settings =
                settings("127.0.0.1:8080", Optional.empty(), Optional.of(URI.create("https://ship.example.org")));

        assertThat(settings.secure()).isTrue();
        assertThat(settings.address(8080)).isEqualTo(URI.create("https://ship.example.org"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "here", "127.0.0.1:", "127.0.0.1:99999", "::1:80", "a b:80", ":80"})
    void whatIsNoAddressIsRefused(String listen) {
        assertThatThrownBy(() -> ListenAddress.parse(listen)).isInstanceOf(UserError.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://a.example", "https://a.example/path", "https://user@a.example", "https:///", "a.example"
            })
    void whatIsNoPublicAddressIsRefused(String url) {
        assertThatThrownBy(() -> settings("8443", Optional.empty(), Optional.of(URI.create(url))))
                .isInstanceOf(UserError.class);
    }

    private static ServerSettings settings(String listen, Optional<TlsFiles> tls, Optional<URI> publicUrl) {
        return new ServerSettings(ListenAddress.parse(listen), tls, publicUrl, new Home(Path.of("home")), Map.of());
    }
}
