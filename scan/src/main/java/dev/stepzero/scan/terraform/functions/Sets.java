package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Functions of sets, and {@code matchkeys}. A set is a list in the order in which Terraform walks through it. */
final class Sets {
    private Sets() {}

    static Value call(Arguments arguments) {
        return switch (arguments.function()) {
            case "setunion" -> ordered(concatenated(arguments));
            case "setintersection" -> combined(arguments, true);
            case "setsubtract" -> combined(arguments, false);
            case "setproduct" -> product(arguments);
            case "matchkeys" -> matched(arguments);
            default -> throw Subject.missing(arguments);
        };
    }

    /** The elements once each; they get one type first. */
    static Value.Sequence ordered(List<Located> items) {
        var seen = new LinkedHashSet<Value>();
        var kept = new ArrayList<Located>();
        for (var item : Unification.of(items)) {
            if (seen.add(item.value())) {
                kept.add(item);
            }
        }
        kept.sort(Order.ELEMENTS);
        return new Value.Sequence(kept);
    }

    private static List<Located> concatenated(Arguments arguments) {
        var all = new ArrayList<Located>();
        for (int i = 0; i < arguments.count(); i++) {
            all.addAll(arguments.items(i));
            Limits.items(all.size());
        }
        return all;
    }

    private static Value combined(Arguments arguments, boolean kept) {
        var all = Unification.of(concatenated(arguments));
        if (all.stream().anyMatch(item -> !item.value().whollyKnown())) {
            throw new NotKnown();
        }
        int from = arguments.items(0).size();
        var result = new ArrayList<>(all.subList(0, from));
        for (int i = 1; i < arguments.count(); i++) {
            int to = from + arguments.items(i).size();
            Set<Value> other = new LinkedHashSet<>();
            all.subList(from, to).forEach(item -> other.add(item.value()));
            result.removeIf(item -> other.contains(item.value()) != kept);
            from = to;
        }
        return ordered(result);
    }

    private static Value product(Arguments arguments) {
        if (arguments.count() < 2) {
            throw new FunctionError("at least two arguments are required");
        }
        long size = 1;
        var factors = new ArrayList<List<Located>>();
        for (int i = 0; i < arguments.count(); i++) {
            var factor = Unification.of(arguments.items(i));
            factors.add(factor);
            size *= factor.size();
            Limits.items(size * arguments.count());
        }
        List<List<Located>> rows = List.of(List.of());
        for (var factor : factors) {
            var longer = new ArrayList<List<Located>>();
            for (var row : rows) {
                for (var item : factor) {
                    var next = new ArrayList<>(row);
                    next.add(item);
                    longer.add(next);
                }
            }
            rows = longer;
        }
        return Value.listOf(rows.stream().map(Value.Sequence::new).toList());
    }

    private static Value matched(Arguments arguments) {
        var values = arguments.items(0);
        var keys = arguments.items(1);
        var wanted = arguments.items(2);
        if (values.size() != keys.size()) {
            throw new FunctionError("length of keys and values should be equal");
        }
        var both = new ArrayList<>(keys);
        both.addAll(wanted);
        var unified = Unification.of(both);
        var kept = new ArrayList<Located>();
        for (int i = 0; i < keys.size(); i++) {
            for (var each : unified.subList(keys.size(), unified.size())) {
                var likeness = Likeness.of(unified.get(i).value(), each.value());
                if (likeness == Likeness.OPEN) {
                    throw new NotKnown();
                }
                if (likeness == Likeness.SAME) {
                    kept.add(values.get(i));
                    break;
                }
            }
        }
        return new Value.Sequence(kept);
    }
}
