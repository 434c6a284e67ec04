package dev.stepzero.ship.git;

import dev.stepzero.core.UserError;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where repositories may be fetched from, and how much of them.
 *
 * @param filesBelow the directory below which repositories of this host may be fetched; empty: none
 * @param plainHttp whether HTTP without TLS may be used
 * @param loopback whether services of this host may be asked
 * @param mostBytes how large a mirror may become
 * @param within how long a fetch may take
 */
public record FetchPolicy(
        Optional<Path> filesBelow, boolean plainHttp, boolean loopback, long mostBytes, Duration within) {
    private static final int LONGEST = 2_000;
    private static final String HTTPS = "write an address such as https://forge.example.org/team/shop.git";

    /** HTTPS to other hosts, 4 GiB, 5 minutes. */
    public static final FetchPolicy DEFAULTS =
            new FetchPolicy(Optional.empty(), false, false, 4L << 30, Duration.ofMinutes(5));

    /**
     * Checks an address by its form.
     *
     * @return what it says
     * @throws UserError if it may not be fetched from
     */
    public URI check(String address) {
        var url = parsed(address);
        switch (String.valueOf(url.getScheme())) {
            case "https" -> requireHost(url);
            case "http" -> {
                requireHost(url);
                if (!plainHttp) {
                    throw refused(url, "anybody on the way could change what is fetched")
                            .fix(HTTPS);
                }
            }
            case "file" -> requireBelow(url);
            case "ssh", "git" -> throw refused(url, "only HTTPS is spoken").fix(HTTPS);
            default -> throw refused(url, "this is no address of a repository").fix(HTTPS);
        }
        return url;
    }

    /**
     * Checks where the address leads to now. The forges of one's own network may be asked; addresses that name this host
     * or a cloud's metadata service may not.
     */
    void checkHost(URI url) {
        var host = url.getHost();
        if (host == null) {
            return;
        }
        try {
            for (var address : InetAddress.getAllByName(host)) {
                if (address.isLinkLocalAddress()
                        || address.isAnyLocalAddress()
                        || address.isMulticastAddress()
                        || (address.isLoopbackAddress() && !loopback)) {
                    throw refused(url, "its host leads to " + address.getHostAddress())
                            .fix("name the host by an address that others reach it by");
                }
            }
        } catch (UnknownHostException e) {
            throw UserError.engine("nobody knows the host " + host)
                    .at(url.toString())
                    .fix("see that the name is right and can be resolved here")
                    .because(e);
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

    private static UserError refused(URI url, String why) {
        return UserError.usage("the repository may not be fetched: " + why)
                .at(Plain.text(Origin.withoutSecrets(url.toString()).orElse(url.getScheme() + ":...")));
    }
}
