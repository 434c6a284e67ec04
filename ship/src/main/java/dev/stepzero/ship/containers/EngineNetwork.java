package dev.stepzero.ship.containers;

import java.util.Map;

/**
 * A network of the engine.
 *
 * @param name unique in the engine
 * @param subnet its IPv4 range, {@code 10.89.3.0/24}
 * @param labels all its labels
 */
public record EngineNetwork(String name, String subnet, Map<String, String> labels) {
    public EngineNetwork {
        labels = Map.copyOf(labels);
    }

    /**
     * An address of the range that the engine gives to nobody by itself as long as all its containers ask for theirs.
     *
     * @param host the distance from the range's first address; 1 is the gateway
     * @throws IllegalArgumentException if the range is too small
     */
    public String address(int host) {
        int slash = subnet.indexOf('/');
        int bits = 32 - Integer.parseInt(subnet, slash + 1, subnet.length(), 10);
        if (host < 1 || host >= (1L << bits) - 1) {
            throw new IllegalArgumentException(subnet + " has no address number " + host);
        }
        long first = 0;
        for (var part : subnet.substring(0, slash).split("\\.", -1)) {
            first = first * 256 + Integer.parseInt(part);
        }
        long address = first + host;
        return "%d.%d.%d.%d".formatted(address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255);
    }
}
