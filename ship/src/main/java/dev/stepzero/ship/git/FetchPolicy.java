package dev.stepzero.ship.git;

import dev.stepzero.core.UserError;
import dev.stepzero.core.egress.EgressGuard;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where repositories may be fetched from, and how much of them.
 *
 * @param filesBelow the directory below which repositories of this host may be fetched, and where those are that live
 *     in Stepzero itself, by addresses such as {@code stepzero:shop}; empty: none
 * @param guard keeps us from this host, its network and the metadata services of clouds, but for what the operator
 *     opened
 * @param mostBytes how large a mirror may become
 * @param within how long a fetch may take
 */
public record FetchPolicy(Optional<Path> filesBelow, EgressGuard guard, long mostBytes, Duration within) {
    private static final int LONGEST = 2_000;
    private static final String HTTPS = "write an address such as https://forge.example.org/team/shop.git";

    /** HTTPS to public hosts, 4 GiB, 5 minutes. */
    public static final FetchPolicy DEFAULTS = guardedBy(EgressGuard.allowing(Set.of()));

    /** The same with what the operator opened. */
    public static FetchPolicy guardedBy(EgressGuard guard) {
        return new FetchPolicy(Optional.empty(), guard, 4L << 30, Duration.ofMinutes(5));
    }

    /** The same, with the repositories that live in Stepzero itself. */
    public FetchPolicy with(Path repositories) {
        return new FetchPolicy(Optional.of(repositories.toAbsolutePath().normalize()), guard, mostBytes, within);
    }

    /**
     * Checks an address by its form.
     *
     * @return what it leads to
     * @throws UserError if it may not be fetched from
     */
    public URI check(String address) {
        var url = parsed(address);
        switch (String.valueOf(url.getScheme())) {
            case "https", "http" -> {
                requireHost(url);
                guard.check(url);
            }
            case "file" -> requireBelow(url);
            case "stepzero" -> {
                return own(url);
            }
            case "ssh", "git" -> throw refused(url, "only HTTPS is spoken").fix(HTTPS);
            default -> throw refused(url, "this is no address of a repository").fix(HTTPS);
        }
        return url;
    }

    /** Checks where the address leads to now. */
    void checkHost(URI url) {
        if (url.getHost() != null) {
            guard.resolve(url.getHost());
        }
    }

    private static URI parsed(String address) {
        try {
            if (address.length() <= LONGEST) {
                return new URI(address);
            }
        } catch (URISyntaxException e) {
            throw UserError.usage("the repository's address cannot be read")
                    .fix(HTTPS)
                    .because(e);
        }
        throw UserError.usage("the repository's address is longer than %d characters".formatted(LONGEST))
                .fix(HTTPS);
    }

    private static void requireHost(URI url) {
        if (url.getHost() == null
                || url.getRawPath() == null
                || url.getRawPath().length() < 2) {
            throw refused(url, "it names no host or no repository").fix(HTTPS);
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw UserError.usage("the repository's address holds more than a host and a path")
                    .fix("leave credentials out of it, and give them by themselves");
        }
    }

    private void requireBelow(URI url) {
        if (filesBelow.isEmpty() || url.getRawAuthority() != null || url.getPath() == null) {
            throw refused(url, "repositories of this host are not fetched").fix(HTTPS);
        }
        if (!Path.of(url.getPath()).normalize().startsWith(filesBelow.get().normalize())) {
            throw refused(url, "it leads out of " + filesBelow.get())
                    .fix("name a repository below " + filesBelow.get());
        }
    }

    private URI own(URI url) {
        var name = String.valueOf(url.getSchemeSpecificPart());
        if (filesBelow.isEmpty() || !name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw refused(url, "there can be no such repository here").fix(HTTPS);
        }
        // The same text whether it is there by now or not, which Path's own does not give.
        var path = filesBelow.get().resolve(name + ".git");
        return URI.create("file://" + path.toUri().getRawPath().replaceFirst("/$", ""));
    }

    private static UserError refused(URI url, String why) {
        return UserError.usage("the repository may not be fetched: " + why)
                .at(Plain.text(Origin.withoutSecrets(url.toString()).orElse(url.getScheme() + ":...")));
    }
}
