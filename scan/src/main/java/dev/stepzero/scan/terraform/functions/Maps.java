package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Functions of maps and objects. */
final class Maps {
    private Maps() {}

    static Value call(Arguments arguments) {
        return switch (arguments.function()) {
            case "keys" -> keys(arguments.mapping(0));
            case "values" -> values(arguments.mapping(0));
            case "merge" -> merged(arguments);
            case "zipmap" -> zipped(arguments);
            case "transpose" -> transposed(arguments.mapping(0));
            case "map" -> paired(arguments);
            default -> throw Subject.missing(arguments);
        };
    }

    private static Map<String, Located> inOrder(Value.Mapping map) {
        var sorted = new TreeMap<String, Located>(Order.TEXTS);
        sorted.putAll(map.entries());
        return sorted;
    }

    private static Value keys(Value.Mapping map) {
        return Value.listOf(inOrder(map).keySet().stream().map(Value::of).toList());
    }

    private static Value values(Value.Mapping map) {
        return new Value.Sequence(new ArrayList<>(inOrder(map).values()));
    }

    private static Value merged(Arguments arguments) {
        var entries = new LinkedHashMap<String, Located>();
        for (var argument : arguments.all()) {
            switch (argument) {
                case Value.Absent absent -> {}
                case Value.Mapping map -> entries.putAll(map.entries());
                case Unknown unknown -> throw new NotKnown();
                default ->
                    throw new FunctionError("arguments must be maps or objects, not " + Conversion.typeName(argument));
            }
        }
        Limits.items(entries.size());
        return new Value.Mapping(entries);
    }

    private static Value zipped(Arguments arguments) {
        var keys = arguments.texts(0);
        var values = arguments.items(1);
        if (keys.size() != values.size()) {
            throw new FunctionError(
                    "number of keys (%d) does not match number of values (%d)".formatted(keys.size(), values.size()));
        }
        var entries = new LinkedHashMap<String, Located>();
        for (int i = 0; i < keys.size(); i++) {
            entries.put(keys.get(i), values.get(i));
        }
        return new Value.Mapping(entries);
    }

    private static Value transposed(Value.Mapping map) {
        var transposed = new TreeMap<String, List<String>>(Order.TEXTS);
        for (var entry : inOrder(map).entrySet()) {
            switch (entry.getValue().value()) {
                case Value.Sequence list -> {
                    for (var item : list.items()) {
                        transposed
                                .computeIfAbsent(Conversion.text(item.value()), name -> new ArrayList<>())
                                .add(entry.getKey());
                    }
                }
                case Unknown unknown -> throw new NotKnown();
                default -> throw new FunctionError("a map of lists of strings is required");
            }
        }
        var entries = new LinkedHashMap<String, Located>();
        transposed.forEach((name, values) -> entries.put(
                name,
                Located.nowhere(Value.listOf(values.stream().map(Value::of).toList()))));
        return new Value.Mapping(entries);
    }

    /** Gone since Terraform 0.15, but there is code that was written for what came before. */
    private static Value paired(Arguments arguments) {
        if (arguments.count() % 2 != 0) {
            throw new FunctionError("map requires an even number of arguments");
        }
        var entries = new LinkedHashMap<String, Located>();
        for (int i = 0; i < arguments.count(); i += 2) {
            entries.put(arguments.text(i), Located.nowhere(arguments.at(i + 1)));
        }
        return new Value.Mapping(entries);
    }
}
