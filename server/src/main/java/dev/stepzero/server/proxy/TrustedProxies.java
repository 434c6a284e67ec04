package dev.stepzero.server.proxy;

import dev.stepzero.core.egress.AddressRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The proxies that an operator put before the server. Only what they say of where a request came from is believed: each
 * appends the address that connected to it, so that the list is read from its end, and the first address that is none of
 * theirs is the client's. What stands before that, the client may have written.
 *
 * @param ranges where they are; none means that nobody is believed
 * @param header the one header that they write; another would be the client's own
 */
public record TrustedProxies(List<AddressRange> ranges, Header header) {
    public static final TrustedProxies NONE = new TrustedProxies(List.of(), Header.X_FORWARDED_FOR);

    private static final int MOST_HOPS = 20;

    /** What proxies write. */
    public enum Header {
        X_FORWARDED_FOR("X-Forwarded-For"),
        /** RFC 7239. */
        FORWARDED("Forwarded");

        private final String text;

        Header(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public TrustedProxies {
        ranges = List.copyOf(ranges);
    }

    /**
     * The address that a request came from.
     *
     * @param peer what connected to us
     * @param said all values of the header, in their order
     * @return the peer itself, unless it is a trusted proxy that says otherwise
     */
    public String client(String peer, List<String> said) {
        var at = literal(peer);
        if (at.isEmpty() || !trusts(at.get())) {
            return peer;
        }
        var hops = hops(said);
        Collections.reverse(hops);
        var client = at.get();
        for (var hop : hops.subList(0, Math.min(hops.size(), MOST_HOPS))) {
            var address = literal(hop);
            if (address.isEmpty()) {
                // What cannot be read is not guessed: the nearest proxy is who we know of.
                break;
            }
            client = address.get();
            if (!trusts(client)) {
                break;
            }
        }
        return client.getHostAddress();
    }

    private boolean trusts(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private List<String> hops(List<String> said) {
        var hops = new ArrayList<String>();
        for (var value : said) {
            for (var element : value.split(",", -1)) {
                hops.add(header == Header.FORWARDED ? forwardedFor(element) : element.strip());
            }
        }
        return hops;
    }

    /** The {@code for} of an element such as {@code for="[2001:db8::1]:4711";proto=https}; empty if it has none. */
    private static String forwardedFor(String element) {
        for (var parameter : element.split(";", -1)) {
            var pair = parameter.strip().split("=", 2);
            if (pair.length == 2 && pair[0].toLowerCase(Locale.ROOT).equals("for")) {
                var value = pair[1].strip();
                return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                        ? value.substring(1, value.length() - 1)
                        : value;
            }
        }
        return "";
    }

    /** An address, with or without a port; names are not resolved. */
    private static Optional<InetAddress> literal(String text) {
        var bare = text;
        if (text.startsWith("[") && text.contains("]")) {
            bare = text.substring(1, text.indexOf(']'));
        } else if (text.matches("[0-9.]+:[0-9]{1,5}")) {
            bare = text.substring(0, text.indexOf(':'));
        }
        if (!bare.matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
