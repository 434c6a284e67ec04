package dev.stepzero.rules.net;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The ports of a firewall rule, whatever its provider calls the fields. */
public final class PortFields {
    private static final Set<String> ALL_PROTOCOLS = Set.of("-1", "all", "*", "any");
    private static final Set<String> WITHOUT_PORTS = Set.of(
            "icmp", "icmpv6", "1", "58", "esp", "50", "ah", "51", "gre", "47", "ipip", "vrrp", "icmp6", "ipv6-icmp");
    private static final List<String> LISTS = List.of(
            "ports", "port_range", "port", "destination_port_range", "destination_port_ranges", "destination_ports");

    private PortFields() {}

    /** The set of ports of a rule object, or of what is a number, a text or a list. */
    public static Value of(Value value) {
        return switch (value) {
            case Value.Mapping rule -> rule(rule);
            case Value.Sequence list when hasRules(list) -> union(list);
            case Unknown unknown -> unknown;
            default -> known(value);
        };
    }

    private static boolean hasRules(Value.Sequence list) {
        return list.items().stream().anyMatch(item -> item.value() instanceof Value.Mapping);
    }

    private static Value union(Value.Sequence list) {
        var all = new ArrayList<Value>();
        for (var item : list.items()) {
            var ports = of(item.value());
            if (ports instanceof Unknown) {
                return ports;
            }
            all.add(ports);
        }
        return Ports.of(Value.listOf(all));
    }

    private static Value known(Value value) {
        if (value instanceof Value.Sequence list) {
            for (Located item : list.items()) {
                if (item.value() instanceof Unknown) {
                    return item.value();
                }
            }
        }
        return Ports.of(value);
    }

    private static Value rule(Value.Mapping rule) {
        var protocol = protocol(rule);
        if (ALL_PROTOCOLS.contains(protocol)
                && rule.get("destination_port_range") instanceof Value.Absent
                && rule.get("destination_port_ranges") instanceof Value.Absent) {
            return Ports.EVERY;
        }
        if (WITHOUT_PORTS.contains(protocol)) {
            return Value.of("");
        }
        var all = new ArrayList<Value>();
        for (var name : LISTS) {
            var field = rule.get(name);
            if (field instanceof Value.Mapping range) {
                all.add(range(range.get("from"), range.get("to")));
            } else if (!(field instanceof Value.Absent)) {
                all.add(of(field));
            }
        }
        if (!(rule.get("from_port") instanceof Value.Absent && rule.get("to_port") instanceof Value.Absent)) {
            all.add(range(rule.get("from_port"), rule.get("to_port")));
        }
        for (var each : all) {
            if (each instanceof Unknown) {
                return each;
            }
        }
        return all.isEmpty() ? Ports.EVERY : Ports.of(Value.listOf(all));
    }

    private static String protocol(Value.Mapping rule) {
        for (var name : List.of("protocol", "ip_protocol")) {
            switch (rule.get(name)) {
                case Value.Text text -> {
                    return text.value().toLowerCase(Locale.ROOT);
                }
                case Value.Numeric number -> {
                    return Ports.whole(number.value());
                }
                default -> {}
            }
        }
        return "";
    }

    /** The ports from one to another; one alone where the other is not set; all where it is -1. */
    public static Value range(Value from, Value to) {
        if (from instanceof Unknown || to instanceof Unknown) {
            return from instanceof Unknown ? from : to;
        }
        var first = text(from instanceof Value.Absent ? to : from);
        var last = text(to instanceof Value.Absent ? from : to);
        if (first.equals("-1")) {
            return Ports.EVERY;
        }
        return Ports.of(Value.of(first.equals(last) ? first : first + "-" + last));
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Text text -> text.value().strip();
            case Value.Numeric number -> Ports.whole(number.value());
            default -> "";
        };
    }
}
