package dev.stepzero.rules.net;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A range of IP addresses, both ends in it.
 *
 * @param wide whether it is of IPv6
 */
record AddressRange(boolean wide, BigInteger first, BigInteger last) {
    private static final int MOST_CHARACTERS = 64;

    /** Reads {@code 10.0.0.0/8}, a bare address, or IPv6 in any of its spellings; empty for anything else. */
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        if (text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        var wide = address.indexOf(':') >= 0;
        var number = wide ? ipv6(address) : ipv4(address);
        int bits = wide ? 128 : 32;
        int length = slash < 0 ? bits : prefix(text.substring(slash + 1));
        if (number == null || length < 0 || length > bits) {
            return Optional.empty();
        }
        var size = BigInteger.ONE.shiftLeft(bits - length);
        var first = number.shiftRight(bits - length).shiftLeft(bits - length);
        return Optional.of(new AddressRange(wide, first, first.add(size).subtract(BigInteger.ONE)));
    }

    private static int prefix(String text) {
        return text.length() <= 3 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(text)
                : -1;
    }

    private static @org.jspecify.annotations.Nullable BigInteger ipv4(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        long number = 0;
        for (var part : parts) {
            int octet = prefix(part);
            if (octet < 0 || octet > 255) {
                return null;
            }
            number = number << 8 | octet;
        }
        return BigInteger.valueOf(number);
    }

    private static @org.jspecify.annotations.Nullable BigInteger ipv6(String text) {
        int gap = text.indexOf("::");
        var head = groups(gap < 0 ? text : text.substring(0, gap));
        var tail = gap < 0 ? new int[0] : groups(text.substring(gap + 2));
        if (head == null || tail == null || (gap < 0 ? head.length != 8 : head.length + tail.length > 7)) {
            return null;
        }
        var groups = new int[8];
        System.arraycopy(head, 0, groups, 0, head.length);
        System.arraycopy(tail, 0, groups, 8 - tail.length, tail.length);
        var number = BigInteger.ZERO;
        for (int group : groups) {
            number = number.shiftLeft(16).or(BigInteger.valueOf(group));
        }
        return number;
    }

    private static int @org.jspecify.annotations.Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        var parts = text.split(":", -1);
        var groups = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty() || parts[i].length() > 4) {
                return null;
            }
            try {
                groups[i] = Integer.parseUnsignedInt(parts[i], 16);
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return groups.length > 8 ? null : groups;
    }

    /** The addresses that both have. */
    Optional<AddressRange> with(AddressRange other) {
        var from = first.max(other.first);
        var to = last.min(other.last);
        return wide == other.wide && from.compareTo(to) <= 0
                ? Optional.of(new AddressRange(wide, from, to))
                : Optional.empty();
    }

    boolean within(AddressRange other) {
        return wide == other.wide && first.compareTo(other.first) >= 0 && last.compareTo(other.last) <= 0;
    }

    BigInteger size() {
        return last.subtract(first).add(BigInteger.ONE);
    }
}
