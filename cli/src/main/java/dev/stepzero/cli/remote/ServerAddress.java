package dev.stepzero.cli.remote;

import dev.stepzero.core.UserError;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a server is: {@code https://HOST[:PORT]}, or plain HTTP on this machine.
 *
 * @param uri without a path
 */
public record ServerAddress(URI uri) {

    /** Reads what a user wrote. @throws UserError if it is no address, or a token would cross a network in the clear */
    public static ServerAddress parse(String text) {
        try {
            var uri = new URI(text.strip());
            var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            var host = uri.getHost();
            var path = String.valueOf(uri.getRawPath());
            var isBare = (path.isEmpty() || path.equals("/"))
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            if (host == null || !isBare || !(scheme.equals("https") || scheme.equals("http"))) {
                throw unreadable(text);
            }
            if (scheme.equals("http") && !isLoopback(host)) {
                throw UserError.usage("a token is not sent to %s without TLS".formatted(host))
                        .at(text)
                        .fix("write https://; plain HTTP is for this machine alone");
            }
            return new ServerAddress(
                    new URI(scheme, null, host.toLowerCase(Locale.ROOT), uri.getPort(), null, null, null));
        } catch (URISyntaxException e) {
            throw unreadable(text).because(e);
        }
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("[::1]");
    }

    private static UserError unreadable(String text) {
        return UserError.usage("'%.100s' is no address of a server".formatted(text.replaceAll("\\p{Cntrl}", "?")))
                .at("--server")
                .fix("write it as https://stepzero.example.org");
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
