package dev.stepzero.core.egress;

import dev.stepzero.core.UserError;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * A block of addresses such as {@code 10.0.0.0/8} or {@code fd00::/8}; a single address is a block of one.
 *
 * @param text as it was written
 * @param first an address in it
 * @param bits how many of the leading bits all of them have in common
 */
public record AddressRange(String text, InetAddress first, int bits) {

    /**
     * Reads a block.
     *
     * @throws UserError if it is none; names are not resolved
     */
    public static AddressRange parse(String text) {
        var slash = text.indexOf('/');
        var first = slash < 0 ? text : text.substring(0, slash);
        // Shorter forms mean different blocks to different people.
        if (!first.contains(":") && !first.matches("[0-9]+(\\.[0-9]+){3}")) {
            throw wrong(text);
        }
        try {
            var address = InetAddress.ofLiteral(first);
            var most = address.getAddress().length * 8;
            var bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > most) {
                throw wrong(text);
            }
            return new AddressRange(text, address, bits);
        } catch (IllegalArgumentException e) {
            throw wrong(text).because(e);
        }
    }

    private static UserError wrong(String text) {
        return UserError.usage("'" + text + "' is no block of addresses")
                .fix("write one such as 10.0.0.0/8 or fd00::/8");
    }

    /** Whether this is one address alone. */
    public boolean isSingle() {
        return bits == first.getAddress().length * 8;
    }

    /** Whether an address lies in the block; those of the other family never do. */
    public boolean contains(InetAddress address) {
        var network = first.getAddress();
        var bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        var whole = bits / 8;
        var mask = (0xff << (8 - bits % 8)) & 0xff;
        return Arrays.equals(bytes, 0, whole, network, 0, whole)
                && (bits % 8 == 0 || (bytes[whole] & mask) == (network[whole] & mask));
    }
}
