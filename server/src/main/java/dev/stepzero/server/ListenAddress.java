package dev.stepzero.server;

import dev.stepzero.core.UserError;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Where the server listens.
 *
 * @param host a name or an IP address, without brackets
 * @param port 0 for any free one
 */
public record ListenAddress(String host, int port) {
    private static final Pattern WRITTEN = Pattern.compile("(?:(\\[[0-9a-fA-F:.]+]|[^:\\s\\[\\]]+):)?(\\d{1,5})");
    private static final int GREATEST_PORT = 65_535;

    /** Reads {@code HOST:PORT}, {@code [::1]:PORT} or {@code PORT}, which is on loopback. */
    public static ListenAddress parse(String text) {
        var written = WRITTEN.matcher(text);
        if (!written.matches() || Integer.parseInt(written.group(2)) > GREATEST_PORT) {
            throw UserError.usage("'%s' is no address to listen on".formatted(text))
                    .at("--listen")
                    .fix("write HOST:PORT, such as 127.0.0.1:8443 or [::]:8443");
        }
        var host = written.group(1) == null ? "127.0.0.1" : written.group(1);
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new ListenAddress(bare, Integer.parseInt(written.group(2)));
    }

    /** Resolves the host. */
    InetAddress address() {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw UserError.usage("the host '%s' is unknown".formatted(host))
                    .at("--listen")
                    .fix("name an address of this machine, or 0.0.0.0 for all")
                    .because(e);
        }
    }

    /** Whether only this machine can reach it. */
    boolean isLoopback() {
        return address().isLoopbackAddress();
    }
}
