package dev.stepzero.invoicer.settings;

import java.util.Optional;
import java.util.Set;

/**
 * How to reach PostgreSQL.
 *
 * @param sslMode libpq's word; without a wish it is {@code require}, on the loopback interface {@code prefer}
 */
public record PostgresSettings(
        String host,
        int port,
        String database,
        String user,
        Secret password,
        String sslMode,
        Optional<String> sslRootCertificate) {
    private static final String PREFIX = "INVOICER_POSTGRES_";
    private static final int DEFAULT_PORT = 5432;
    private static final Set<String> MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    public static PostgresSettings from(Environment environment) {
        var address = environment.required(PREFIX + "HOST");
        var host = host(address);
        var sslMode = environment.text(PREFIX + "SSLMODE").orElse(LOOPBACK.contains(host) ? "prefer" : "require");
        if (!MODES.contains(sslMode)) {
            throw UserError.settings(
                    PREFIX + "SSLMODE must be one of " + MODES.stream().sorted().toList());
        }
        return new PostgresSettings(
                host,
                port(address),
                environment.required(PREFIX + "DB"),
                environment.required(PREFIX + "USER"),
                environment.requiredSecret(PREFIX + "PASSWORD"),
                sslMode,
                environment.text(PREFIX + "SSLROOTCERT"));
    }

    /** The name alone of {@code host}, {@code host:port}, {@code [address]:port} or a bare IPv6 address. */
    private static String host(String address) {
        if (address.startsWith("[")) {
            return address.substring(1, Math.max(1, address.indexOf(']')));
        }
        return hasPort(address) ? address.substring(0, address.indexOf(':')) : address;
    }

    private static int port(String address) {
        var port = address.startsWith("[")
                ? address.substring(address.indexOf(']') + 1)
                : hasPort(address) ? address.substring(address.indexOf(':')) : "";
        return port.isEmpty() ? DEFAULT_PORT : Environment.parsePort(PREFIX + "HOST", port.replaceFirst("^:", ""));
    }

    private static boolean hasPort(String address) {
        return address.indexOf(':') >= 0 && address.indexOf(':') == address.lastIndexOf(':');
    }
}
