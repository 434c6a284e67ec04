package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Conversions that are called by name, and the functions that change nothing that a scanner sees. */
final class Types {
    private Types() {}

    static Value call(Arguments arguments) {
        var value = arguments.at(0);
        return switch (arguments.function()) {
            case "tobool", "tonumber", "tostring", "tolist", "toset", "tomap" ->
                value instanceof Value.Absent || value instanceof Unknown ? value : converted(arguments);
            case "sensitive", "nonsensitive", "ephemeralasnull" -> value;
            case "issensitive" -> throw new NotKnown();
            // Both are lazy, and so are their caller's: what comes here could be evaluated.
            case "try" -> value;
            case "can" -> Value.TRUE;
            case "type" ->
                throw new FunctionError("the console-only \"type\" function cannot be used in a configuration");
            default -> throw Subject.missing(arguments);
        };
    }

    private static Value converted(Arguments arguments) {
        return switch (arguments.function()) {
            case "tobool" -> Value.of(arguments.bool(0));
            case "tonumber" -> new Value.Numeric(arguments.number(0));
            case "tostring" -> Value.of(arguments.text(0));
            case "tolist" -> new Value.Sequence(Unification.of(arguments.items(0)));
            case "toset" -> Sets.ordered(arguments.items(0));
            default -> map(arguments.mapping(0));
        };
    }

    private static Value map(Value.Mapping map) {
        var values = Unification.of(new ArrayList<>(map.entries().values())).iterator();
        var entries = new LinkedHashMap<String, Located>();
        for (var name : map.entries().keySet()) {
            entries.put(name, values.next());
        }
        return new Value.Mapping(entries);
    }
}
