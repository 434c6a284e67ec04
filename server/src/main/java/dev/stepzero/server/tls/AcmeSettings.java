package dev.stepzero.server.tls;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How certificates are had.
 *
 * @param domains the names that people type, the first of which is the server's own
 * @param directory where the authority begins
 * @param email whom the authority may write to; empty for nobody
 * @param agreed whether the operator agreed to the authority's terms
 * @param host where proofs are served in plain HTTP, which the authority asks for on port 80 of each domain
 * @param root whom the authority's own certificate is signed by, for one of your own; empty for the usual ones
 */
public record AcmeSettings(
        List<String> domains,
        URI directory,
        Optional<String> email,
        boolean agreed,
        String host,
        int port,
        Optional<Path> root) {
    public static final URI LETS_ENCRYPT = URI.create("https://acme-v02.api.letsencrypt.org/directory");
    private static final int MOST = 50;
    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    public AcmeSettings {
        domains = List.copyOf(domains);
        if (domains.isEmpty() || domains.size() > MOST || new HashSet<>(domains).size() != domains.size()) {
            throw UserError.usage("a certificate is for 1 to %d different domains".formatted(MOST))
                    .at("--acme");
        }
        domains.stream()
                .filter(domain -> !DOMAIN.matcher(domain).matches() || domain.matches("[0-9.]+"))
                .findFirst()
                .ifPresent(domain -> {
                    throw UserError.usage("'%s' is no domain".formatted(domain))
                            .at("--acme")
                            .fix(
                                    "write names in small letters, such as ship.example.org; a * cannot be proved by HTTP");
                });
        if (!"https".equals(directory.getScheme()) || directory.getHost() == null) {
            throw UserError.usage("'%s' is no ACME directory".formatted(directory))
                    .at("--acme-directory")
                    .fix("write an address that begins with https://");
        }
        if (!agreed) {
            throw UserError.usage("the authority's terms were not agreed to")
                    .at("--acme")
                    .fix("read the terms that %s names, and add --acme-agree".formatted(directory.getHost()));
        }
    }

    /** Where the account's key and the certificate are, for each authority apart. */
    Path folder(Home home) {
        var name = directory.getHost() + (directory.getPort() < 0 ? "" : "-" + directory.getPort());
        return home.root().resolve("server").resolve("acme").resolve(name);
    }

    /** The certificate with its key, in one file, so that both change at once. */
    public TlsFiles files(Home home) {
        var file = folder(home).resolve("certificate.pem");
        return new TlsFiles(file, file);
    }
}
