package dev.stepzero.cli;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.server.ListenAddress;
import dev.stepzero.server.Rehearsal;
import dev.stepzero.server.Server;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.server.TlsFiles;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the server, whose jars are on the class path of this command alone. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Starts the server with its pages and interfaces, and runs until it is told to stop.",
        footer = {
            "",
            "Examples:",
            "  stepzero serve",
            "  stepzero serve --listen 0.0.0.0:8443 --tls-cert fullchain.pem --tls-key privkey.pem",
            "  stepzero serve --listen 127.0.0.1:8080 --public-url https://stepzero.example.org"
        })
final class ServeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8443",
            description = "Where to listen; plain HTTP is for loopback only. Default: ${DEFAULT-VALUE}.")
    private String listen = "";

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "The certificate and its chain in PEM.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's private key in PEM.")
    private @Nullable Path key;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "What people type, where a proxy that speaks TLS stands before the server.")
    private @Nullable URI publicUrl;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where Stepzero keeps its state, instead of ~/.stepzero.")
    private @Nullable Path home;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "The database, as jdbc:postgresql://HOST:PORT/NAME, instead of the embedded one. User and"
                    + " password come from STEPZERO_DATABASE_USER and STEPZERO_DATABASE_PASSWORD_FILE.")
    private @Nullable String database;

    @Option(names = "--rehearse", hidden = true, description = "Starts, answers once and ends, for the AOT cache.")
    private boolean rehearse;

    ServeCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (rehearse) {
            Rehearsal.run();
            return 0;
        }
        try (var _ = new CancelOnSignal();
                var server = Server.start(settings())) {
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

    private ServerSettings settings() {
        var environment = environment();
        var address = ListenAddress.parse(listen);
        return new ServerSettings(address, tls(), Optional.ofNullable(publicUrl), Home.of(environment), environment);
    }

    private Map<String, String> environment() {
        var environment = new HashMap<>(terminal.environment());
        if (home != null) {
            environment.put("STEPZERO_HOME", home.toString());
        }
        if (database != null) {
            environment.put("STEPZERO_DATABASE_URL", database);
        }
        return environment;
    }

    private Optional<TlsFiles> tls() {
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
