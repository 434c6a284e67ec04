package dev.stepzero.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
            "  stepzero serve --listen 0.0.0.0:443 --acme ship.example.org --acme-agree",
            "  stepzero serve --listen 127.0.0.1:8080 --public-url https://stepzero.example.org \\",
            "      --trusted-proxy 127.0.0.1"
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

    @ArgGroup(exclusive = false, heading = "%nCertificates by ACME:%n")
    private @Nullable Acme acme;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "CIDR",
            description = "Proxies whose word counts on where requests come from; may be given several times.")
    private List<String> proxies = List.of();

    @Option(
            names = "--proxy-header",
            paramLabel = "NAME",
            defaultValue = "X-Forwarded-For",
            description =
                    "The header that these proxies write: X-Forwarded-For or Forwarded. Default: ${DEFAULT-VALUE}.")
    private String proxyHeader = "";

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
        // Nothing here may name a class of the server: every command lists this one, and none but it has those jars.
        var options = new Options(listen, certificate, key, acme, publicUrl, proxies, proxyHeader, environment());
        return new ForegroundServer(terminal).run(options, rehearse);
    }

    /**
     * What was asked for.
     *
     * @param environment the variables of the process, with what options put in their place
     */
    record Options(
            String listen,
            @Nullable Path certificate,
            @Nullable Path key,
            @Nullable Acme acme,
            @Nullable URI publicUrl,
            List<String> proxies,
            String proxyHeader,
            Map<String, String> environment) {}

    /** How certificates are had from an authority. */
    static final class Acme {
        @Option(
                names = "--acme",
                required = true,
                split = ",",
                paramLabel = "DOMAIN",
                description = "Gets a certificate for these domains and renews it.")
        List<String> domains = List.of();

        @Option(
                names = "--acme-directory",
                paramLabel = "URL",
                defaultValue = "https://acme-v02.api.letsencrypt.org/directory",
                description = "The authority. Default: Let's Encrypt; to try things out, take its staging directory.")
        URI directory = URI.create("");

        @Option(names = "--acme-email", paramLabel = "EMAIL", description = "Whom the authority may write to.")
        @Nullable
        String email;

        @Option(names = "--acme-agree", description = "You have read the authority's terms and agree to them.")
        boolean agreed;

        @Option(
                names = "--acme-listen",
                paramLabel = "HOST:PORT",
                defaultValue = "0.0.0.0:80",
                description = "Where proofs are served while a certificate is asked for; port 80 of each domain must"
                        + " lead there. Default: ${DEFAULT-VALUE}.")
        String listen = "";

        @Option(
                names = "--acme-root",
                paramLabel = "FILE",
                description = "The root of the authority's own certificate in PEM, for one of your own.")
        @Nullable
        Path root;
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
}
