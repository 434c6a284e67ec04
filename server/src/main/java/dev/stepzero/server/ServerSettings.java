package dev.stepzero.server;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.server.proxy.TrustedProxies;
import dev.stepzero.server.tls.AcmeSettings;
import dev.stepzero.server.tls.TlsFiles;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How a server is started.
 *
 * @param acme how certificates are had from an authority, instead of {@code tls}
 * @param tls the certificate; without one the server speaks plain HTTP, which it does on loopback only
 * @param publicUrl what people type, where that is not what the server listens on because a proxy stands before it
 * @param proxies whose word counts on where requests come from
 * @param environment the variables of the process, which may name the database
 */
public record ServerSettings(
        ListenAddress listen,
        Optional<TlsFiles> tls,
        Optional<AcmeSettings> acme,
        Optional<URI> publicUrl,
        TrustedProxies proxies,
        Home home,
        Map<String, String> environment) {

    /** One that no proxy stands before, with a certificate of files or none. */
    public ServerSettings(
            ListenAddress listen,
            Optional<TlsFiles> tls,
            Optional<URI> publicUrl,
            Home home,
            Map<String, String> environment) {
        this(listen, tls, Optional.empty(), publicUrl, TrustedProxies.NONE, home, environment);
    }

    public ServerSettings {
        environment = Map.copyOf(environment);
        if (tls.isPresent() && acme.isPresent()) {
            throw UserError.usage("a certificate comes from files or from an authority, and not from both")
                    .at("--acme")
                    .fix("leave out --acme, or --tls-cert and --tls-key");
        }
        if (tls.isEmpty() && acme.isEmpty() && !listen.isLoopback()) {
            throw UserError.usage(
                            "plain HTTP is for this machine only, and %s is seen by others".formatted(listen.host()))
                    .at("--listen")
                    .fix(
                            "give --tls-cert and --tls-key, or --acme, or listen on 127.0.0.1 behind a proxy that speaks TLS");
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
        return certificate().isPresent() || publicUrl.isPresent();
    }

    /** Where the certificate is, or will be once it was had. */
    public Optional<TlsFiles> certificate() {
        return tls.or(() -> acme.map(one -> one.files(home)));
    }

    /**
     * What people type. On loopback it is {@code localhost}, for a passkey is bound to a name and not to an address.
     *
     * @param port where the server really listens
     */
    public URI address(int port) {
        var scheme = certificate().isPresent() ? "https" : "http";
        return publicUrl.orElseGet(() -> URI.create("%s://%s:%d".formatted(scheme, host(), port)));
    }

    private String host() {
        if (acme.isPresent()) {
            return acme.get().domains().getFirst();
        }
        if (listen.isLoopback()) {
            return "localhost";
        }
        return listen.host().contains(":") ? "[" + listen.host() + "]" : listen.host();
    }
}
