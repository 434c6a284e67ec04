package dev.stepzero.ship.containers;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    /**
     * The Ethernet address that always goes with an IPv4 address, as Docker has it too. With one by chance, who spoke to
     * a container finds the next one under its address only when the kernel doubts the old answer, most of a minute later.
     */
    static String hardwareAddress(String address) {
        return Pattern.compile("[.]")
                .splitAsStream(address)
                .map(part -> "%02x".formatted(Integer.parseInt(part)))
                .collect(Collectors.joining(":", "02:42:", ""));
    }
}
