package dev.stepzero.guard.identity;

import java.util.Arrays;

/**
 * Where a request comes from.
 *
 * @param address the client's IP address
 * @param agent what it calls itself, or empty
 */
public record Source(String address, String agent) {
    private static final int NETWORK_GROUPS = 4;

    /** What one client can choose addresses from: the address itself, or the /64 of an IPv6 address. */
    public String network() {
        if (!address.contains(":")) {
            return address;
        }
        var parts = address.replaceFirst("%.*", "").split(":", -1);
        var filled = Arrays.stream(parts)
                .takeWhile(part -> !part.isEmpty())
                .limit(NETWORK_GROUPS)
                .toList();
        return String.join(":", filled) + "::/64";
    }
}
