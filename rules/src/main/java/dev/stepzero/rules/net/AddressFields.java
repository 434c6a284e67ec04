package dev.stepzero.rules.net;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;

/** The CIDRs of a firewall rule, whatever its provider calls the fields. */
public final class AddressFields {
    private static final List<String> FIELDS = List.of(
            "cidr_blocks",
            "ipv6_cidr_blocks",
            "cidr_ipv4",
            "cidr_ipv6",
            "cidr_block",
            "ipv6_cidr_block",
            "cidr_ip",
            "cidr",
            "source_ranges",
            "source_address_prefix",
            "source_address_prefixes",
            "source_addresses",
            "remote_ip_prefix");

    private AddressFields() {}

    /** A list of texts: the value itself if it is a text or a list, the address fields of an object. */
    public static Value of(Value value) {
        return switch (value) {
            case Value.Mapping rule -> fields(rule);
            case Value.Sequence list -> flat(list);
            case Value.Text text -> Value.listOf(List.of(text));
            case Unknown unknown -> unknown.oneOf().isEmpty() ? unknown : Value.listOf(List.of(unknown));
            case Value.Absent absent -> Value.Sequence.EMPTY;
            case Value.Bool bool -> Value.Sequence.EMPTY;
            case Value.Numeric number -> Value.Sequence.EMPTY;
        };
    }

    private static Value fields(Value.Mapping rule) {
        var found = new ArrayList<Located>();
        for (var field : FIELDS) {
            rule.entry(field).ifPresent(entry -> add(entry, found));
        }
        return new Value.Sequence(found);
    }

    private static Value flat(Value.Sequence list) {
        var found = new ArrayList<Located>();
        for (var item : list.items()) {
            if (item.value() instanceof Value.Mapping rule) {
                ((Value.Sequence) fields(rule)).items().forEach(found::add);
            } else {
                add(item, found);
            }
        }
        return new Value.Sequence(found);
    }

    private static void add(Located entry, List<Located> found) {
        if (entry.value() instanceof Value.Sequence list) {
            list.items().forEach(item -> add(item, found));
        } else if (!(entry.value() instanceof Value.Absent)) {
            found.add(entry);
        }
    }
}
