package dev.stepzero.rules.net;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Judges lists of CIDRs as the sets of addresses that they are. */
public final class Networks {
    /** What Azure and others write for everywhere. */
    private static final Set<String> EVERYWHERE = Set.of("*", "any", "internet", "all");

    /** IANA's special-purpose registries, as far as such addresses cannot come from the internet. */
    private static final List<AddressRange> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/127",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001:db8::/32",
                    "fc00::/7",
                    "fe80::/10",
                    "ff00::/8")
            .map(AddressRange::parse)
            .flatMap(Optional::stream)
            .toList();

    private static final AddressRange IPV4 = AddressRange.parse("0.0.0.0/0").orElseThrow();
    private static final AddressRange IPV6 = AddressRange.parse("2000::/3").orElseThrow();

    private Networks() {}

    /** Whether the CIDRs together are at least half of IPv4's addresses, or of IPv6's global ones. */
    public static Value internet(Value cidrs) {
        return judge(cidrs, ranges -> half(ranges, IPV4) || half(ranges, IPV6));
    }

    /** Whether any address in the CIDRs can be reached over the internet. */
    public static Value anyPublic(Value cidrs) {
        return judge(
                cidrs,
                ranges -> ranges.stream().anyMatch(range -> NOT_PUBLIC.stream().noneMatch(range::within)));
    }

    /** True if what is known is enough; unknown if something is open that could make it so. */
    private static Value judge(Value cidrs, Predicate<List<AddressRange>> test) {
        if (!(cidrs instanceof Value.Sequence list)) {
            return cidrs instanceof Unknown ? cidrs : Value.FALSE;
        }
        var certain = new ArrayList<AddressRange>();
        Value otherwise = Value.FALSE;
        for (var item : list.items()) {
            if (!(item.value() instanceof Unknown unknown)) {
                add(item.value(), certain);
            } else if (!unknown.oneOf().isEmpty() && unknown.oneOf().stream().allMatch(one -> alone(one, test))) {
                return Value.TRUE;
            } else if (unknown.oneOf().isEmpty() || unknown.oneOf().stream().anyMatch(one -> alone(one, test))) {
                otherwise = unknown;
            }
        }
        return test.test(certain) ? Value.TRUE : otherwise;
    }

    private static boolean alone(Value value, Predicate<List<AddressRange>> test) {
        var ranges = new ArrayList<AddressRange>();
        add(value, ranges);
        return test.test(ranges);
    }

    private static void add(Value value, List<AddressRange> ranges) {
        if (value instanceof Value.Text text) {
            var written = text.value().strip().toLowerCase(Locale.ROOT);
            if (EVERYWHERE.contains(written)) {
                ranges.add(IPV4);
            } else {
                AddressRange.parse(written).ifPresent(ranges::add);
            }
        } else if (value instanceof Value.Sequence list) {
            list.items().forEach(item -> add(item.value(), ranges));
        }
    }

    private static boolean half(List<AddressRange> ranges, AddressRange whole) {
        var parts = ranges.stream()
                .map(range -> range.with(whole))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(AddressRange::first))
                .toList();
        var covered = BigInteger.ZERO;
        var reached = whole.first();
        for (var part : parts) {
            var from = part.first().max(reached);
            if (from.compareTo(part.last()) <= 0) {
                covered = covered.add(part.last().subtract(from).add(BigInteger.ONE));
                reached = part.last().add(BigInteger.ONE);
            }
        }
        return covered.shiftLeft(1).compareTo(whole.size()) >= 0;
    }
}
