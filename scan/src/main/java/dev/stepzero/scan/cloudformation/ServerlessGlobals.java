package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** SAM's {@code Globals}: properties that all resources of a type have, unless they say otherwise. */
final class ServerlessGlobals {
    private static final String TYPE = "AWS::Serverless::";

    private final Value.Mapping globals;

    ServerlessGlobals(Value.Mapping globals) {
        this.globals = globals;
    }

    Value.Mapping merged(String type, Value.Mapping properties) {
        return type.startsWith(TYPE) && globals.get(type.substring(TYPE.length())) instanceof Value.Mapping common
                ? (Value.Mapping) merged(common, properties)
                : properties;
    }

    /** Objects are merged, lists put one behind the other, and of everything else the resource's own holds. */
    private static Value merged(Value common, Value own) {
        if (common instanceof Value.Mapping shared && own instanceof Value.Mapping special) {
            var entries = new LinkedHashMap<>(shared.entries());
            special.entries().forEach((name, entry) -> {
                var there = entries.get(name);
                entries.put(
                        name,
                        there == null ? entry : new Located(merged(there.value(), entry.value()), entry.position()));
            });
            return new Value.Mapping(entries);
        }
        if (common instanceof Value.Sequence shared && own instanceof Value.Sequence special) {
            var items = new ArrayList<>(shared.items());
            items.addAll(special.items());
            return new Value.Sequence(items);
        }
        return own;
    }
}
