package dev.stepzero.ship.containers;

import java.util.Optional;

/**
 * A network that a container stands in.
 *
 * @param network the network's name
 * @param address the IPv4 address that it keeps through restarts, where one was asked for
 */
public record Attachment(String network, Optional<String> address) {

    /** Stands in the network under whatever address the engine gives. */
    public static Attachment to(String network) {
        return new Attachment(network, Optional.empty());
    }

    /** Stands in the network under one fixed address. */
    public static Attachment to(String network, String address) {
        return new Attachment(network, Optional.of(address));
    }
}
