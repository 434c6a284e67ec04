package dev.stepzero.server;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How a server is started.
 *
 * @param tls the certificate; without one the server speaks plain HTTP, which it does on loopback only
 * @param publicUrl what people type, where that is not what the server listens on because a proxy stands before it
 * @param environment the variables of the process, which may name the database
 */
public record ServerSettings(
        ListenAddress listen,
        Optional<TlsFiles> tls,
        Optional<URI> publicUrl,
        Home home,
        Map<String, String> environment) {

    public ServerSettings {
        environment = Map.copyOf(environment);
        if (tls.isEmpty() && !listen.isLoopback()) {
            throw UserError.usage(
                            "plain HTTP is for this machine only, and %s is seen by others".formatted(listen.host()))
                    .at("--listen")
                    .fix("give --tls-cert and --tls-key, or listen on 127.0.0.1 behind a proxy that speaks TLS");
        }
        publicUrl.ifPresent(ServerSettings::check);
    }

    private static void check(URI url) {
        var secure = "https".equals(url.getScheme());
        var path = url.getPath() == null ? "" : url.getPath();
        if (!secure || url.getHost() == null || url.getUserInfo() != null || !path.matches("/?")) {
            throw UserError.usage("'%s' cannot be the server's address".formatted(url))
                    .at("--public-url")
                    .fix("write https://HOST or https://HOST:PORT");
        }
    }

    /** Whether browsers reach the server by TLS. */
    public boolean secure() {
        return tls.isPresent() || publicUrl.isPresent();
    }

    /**
     * What people type. On loopback it is {@code localhost}, for a passkey is bound to a name and not to an address.
     *
     * @param port where the server really listens
     */
    public URI address(int port) {
        var host = listen.isLoopback()
                ? "localhost"
                : listen.host().contains(":") ? "[" + listen.host() + "]" : listen.host();
        return publicUrl.orElseGet(
                () -> URI.create("%s://%s:%d".formatted(tls.isPresent() ? "https" : "http", host, port)));
    }
}
