package dev.stepzero.core.egress;

import dev.stepzero.core.UserError;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps Stepzero from being sent to addresses that whoever names a URL could not reach alone: this machine, the private
 * network around it and the metadata services of clouds. It guards a connection only if that is made to the very
 * addresses that {@link #resolve} gave, since a name may mean something else a moment later.
 */
public final class EgressGuard {
    // IANA's special-purpose registries (RFC 6890 and its updates), and what clouds put beside them.
    private static final List<AddressRange> CLOSED = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "168.63.129.16/32",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/9",
                    "ff00::/8")
            .map(AddressRange::parse)
            .toList();

    // An operator who opens a whole private network hardly means these: they must be named one by one.
    private static final List<AddressRange> METADATA = Stream.of(
                    "169.254.169.254",
                    "169.254.170.2",
                    "169.254.170.23",
                    "100.100.100.200",
                    "168.63.129.16",
                    "192.0.0.192",
                    "fd00:ec2::254",
                    "fd00:ec2::23",
                    "fd20:ce::254")
            .map(AddressRange::parse)
            .toList();

    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
    private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");

    private final List<AddressRange> allowed;
    private final Names names;

    /** How names become addresses. */
    @FunctionalInterface
    public interface Names {
        List<InetAddress> addresses(String host) throws UnknownHostException;
    }

    /**
     * A guard that resolves by a given way.
     *
     * @param allowed what the operator opens of the closed blocks
     */
    public EgressGuard(Set<AddressRange> allowed, Names names) {
        this.allowed = List.copyOf(allowed);
        this.names = names;
    }

    /** A guard that asks the machine's resolver. */
    public static EgressGuard allowing(Set<AddressRange> allowed) {
        return new EgressGuard(allowed, host -> Arrays.asList(InetAddress.getAllByName(host)));
    }

    /**
     * Looks at a URL by its form alone: an absolute one of {@code https} with a host and without user or password, or of
     * {@code http} where the host is an address that the operator opened. To connect, resolve the host then.
     *
     * @throws UserError if it is not such a one, or its host is an address that is closed
     */
    public URI check(URI address) {
        var host = host(address);
        var scheme = String.valueOf(address.getScheme());
        if (address.getRawUserInfo() != null) {
            throw UserError.usage("a URL with a user or a password in it")
                    .at(scheme + "://" + host)
                    .fix("take them out and set the token instead");
        }
        if (!scheme.equals("https") && !(scheme.equals("http") && isOpened(host))) {
            throw UserError.usage("only https is spoken, and http with addresses that the operator opened")
                    .at(scheme + "://" + host)
                    .fix("write https://");
        }
        if (isLiteral(host)) {
            resolve(host);
        }
        return address;
    }

    /** An address needs no resolver, so that it is judged at once. */
    private static boolean isLiteral(String host) {
        return host.startsWith("[") || host.matches("[0-9.]+");
    }

    private static String host(URI address) {
        var host = address.getHost();
        if (host == null || host.isEmpty() || address.isOpaque()) {
            throw UserError.usage("not an absolute URL with a host").fix("write https://HOST/PATH");
        }
        return host;
    }

    private boolean isOpened(String host) {
        try {
            return resolve(host).stream().allMatch(this::isAllowed);
        } catch (UserError refused) {
            return false;
        }
    }

    /**
     * Resolves a host and answers the addresses that may be connected to, all of them; connect to no other.
     *
     * @throws UserError if the name is unknown, or any of its addresses is closed
     */
    public List<InetAddress> resolve(String host) {
        var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            var addresses = List.copyOf(names.addresses(bare));
            for (var address : addresses) {
                if (closed(address).isPresent() && !isAllowed(address)) {
                    throw UserError.blocked("%s leads to %s, which is not for everybody"
                                    .formatted(bare, address.getHostAddress()))
                            .at(bare)
                            .fix("name a public host, or let the operator allow this address for outgoing connections");
                }
            }
            if (addresses.isEmpty()) {
                throw new UnknownHostException(bare);
            }
            return addresses;
        } catch (UnknownHostException e) {
            throw UserError.engine("no address is known of " + bare)
                    .at(bare)
                    .fix("check the name, and the resolver of this machine")
                    .because(e);
        }
    }

    /** Whether an address may be connected to. */
    public boolean permits(InetAddress address) {
        return closed(address).isEmpty() || isAllowed(address);
    }

    private boolean isAllowed(InetAddress address) {
        var plain = embedded(address).orElse(address);
        var metadata = METADATA.stream().anyMatch(range -> range.contains(plain));
        return allowed.stream().filter(range -> !metadata || range.isSingle()).anyMatch(range -> range.contains(plain));
    }

    private static Optional<AddressRange> closed(InetAddress address) {
        var plain = embedded(address).orElse(address);
        return CLOSED.stream().filter(range -> range.contains(plain)).findFirst();
    }

    /** The IPv4 address that gateways of NAT64 (RFC 6052) and 6to4 (RFC 3056) would pass this one on to. */
    private static Optional<InetAddress> embedded(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return Optional.empty();
        }
        var bytes = address.getAddress();
        if (NAT64.contains(address)) {
            return Optional.of(ofBytes(Arrays.copyOfRange(bytes, 12, 16)));
        }
        return SIX_TO_FOUR.contains(address) ? Optional.of(ofBytes(Arrays.copyOfRange(bytes, 2, 6))) : Optional.empty();
    }

    private static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
