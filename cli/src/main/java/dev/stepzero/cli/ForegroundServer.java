package dev.stepzero.cli;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.core.egress.AddressRange;
import dev.stepzero.server.ListenAddress;
import dev.stepzero.server.Rehearsal;
import dev.stepzero.server.Server;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.server.proxy.TrustedProxies;
import dev.stepzero.server.tls.AcmeSettings;
import dev.stepzero.server.tls.TlsFiles;
import java.util.Arrays;
import java.util.Optional;

/** The server for the time of one command; only {@link ServeCommand} may use it, and only when it is called. */
final class ForegroundServer {
    private final Terminal terminal;

    ForegroundServer(Terminal terminal) {
        this.terminal = terminal;
    }

    int run(ServeCommand.Options options, boolean rehearse) throws InterruptedException {
        if (rehearse) {
            Rehearsal.run();
            return 0;
        }
        try (var _ = new CancelOnSignal();
                var server = Server.start(settings(options))) {
            terminal.err().println("Stepzero serves at " + server.address());
            server.firstLink()
                    .ifPresent(link -> terminal.err()
                            .println("Nobody can sign in yet. Set up the first administrator within an hour at\n  "
                                    + link));
            server.await();
        } catch (InterruptedException e) {
            // Being told to stop is how a server ends.
            terminal.err().println("stopped");
        }
        return 0;
    }

    private static ServerSettings settings(ServeCommand.Options options) {
        return new ServerSettings(
                ListenAddress.parse(options.listen()),
                tls(options),
                Optional.ofNullable(options.acme()).map(ForegroundServer::acme),
                Optional.ofNullable(options.publicUrl()),
                proxies(options),
                Home.of(options.environment()),
                options.environment());
    }

    private static AcmeSettings acme(ServeCommand.Acme options) {
        var listen = ListenAddress.parse(options.listen);
        return new AcmeSettings(
                options.domains,
                options.directory,
                Optional.ofNullable(options.email),
                options.agreed,
                listen.host(),
                listen.port(),
                Optional.ofNullable(options.root));
    }

    private static TrustedProxies proxies(ServeCommand.Options options) {
        return new TrustedProxies(
                options.proxies().stream().map(AddressRange::parse).toList(),
                Arrays.stream(TrustedProxies.Header.values())
                        .filter(header -> header.text().equalsIgnoreCase(options.proxyHeader()))
                        .findFirst()
                        .orElseThrow(
                                () -> UserError.usage("proxies write no header '%s'".formatted(options.proxyHeader()))
                                        .at("--proxy-header")
                                        .fix("write X-Forwarded-For or Forwarded")));
    }

    private static Optional<TlsFiles> tls(ServeCommand.Options options) {
        var certificate = options.certificate();
        var key = options.key();
        if (certificate == null && key == null) {
            return Optional.empty();
        }
        if (certificate == null || key == null) {
            throw UserError.usage("a certificate is of no use without its key")
                    .at(certificate == null ? "--tls-cert" : "--tls-key")
                    .fix("give both --tls-cert and --tls-key");
        }
        return Optional.of(new TlsFiles(certificate, key));
    }
}
