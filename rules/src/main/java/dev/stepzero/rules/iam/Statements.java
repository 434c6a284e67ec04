package dev.stepzero.rules.iam;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** A policy's statements in one shape, whether they come from JSON or from a policy document's blocks. */
final class Statements {
    private Statements() {}

    /** The statements as objects; unknown if the policy is. */
    static Value of(Value policy) {
        var parsed = JsonText.parse(policy);
        return switch (parsed) {
            case Unknown unknown -> unknown;
            case Value.Mapping document -> ofDocument(document);
            case Value.Sequence several -> ofAll(several);
            default -> Value.Sequence.EMPTY;
        };
    }

    private static Value ofAll(Value.Sequence several) {
        var all = new ArrayList<Located>();
        for (var item : several.items()) {
            var some = of(item.value());
            if (some instanceof Unknown) {
                return some;
            }
            all.addAll(((Value.Sequence) some).items());
        }
        return new Value.Sequence(all);
    }

    private static Value ofDocument(Value.Mapping document) {
        var blocks = first(document, "Statement", "statement", "statements");
        if (blocks instanceof Value.Absent) {
            var wrapped = first(document, "json", "policy", "PolicyDocument", "policy_document");
            if (!(wrapped instanceof Value.Absent)) {
                return of(wrapped);
            }
            return isStatement(document) ? Value.listOf(List.of(normal(document))) : Value.Sequence.EMPTY;
        }
        if (blocks instanceof Unknown) {
            return blocks;
        }
        var normal = new ArrayList<Located>();
        for (var item : items(blocks)) {
            if (item.value() instanceof Value.Mapping statement) {
                normal.add(new Located(normal(statement), item.position()));
            } else if (item.value() instanceof Unknown) {
                return item.value();
            }
        }
        return new Value.Sequence(normal);
    }

    private static boolean isStatement(Value.Mapping map) {
        return !(first(map, "Effect", "effect", "Action", "actions", "NotAction") instanceof Value.Absent);
    }

    private static Value.Mapping normal(Value.Mapping raw) {
        if (raw.get("effect") instanceof Value.Text
                && raw.get("principals") instanceof Value.Sequence list
                && list.items().stream().allMatch(item -> item.value() instanceof Value.Text)) {
            return raw;
        }
        var entries = new LinkedHashMap<String, Located>();
        var effect = first(raw, "Effect", "effect");
        entries.put("sid", Located.nowhere(first(raw, "Sid", "sid")));
        entries.put("effect", Located.nowhere(effect instanceof Value.Absent ? Value.of("Allow") : effect));
        entries.put("actions", list(first(raw, "Action", "actions", "action")));
        entries.put("not_actions", list(first(raw, "NotAction", "not_actions", "not_action")));
        entries.put("resources", list(first(raw, "Resource", "resources", "resource")));
        entries.put("not_resources", list(first(raw, "NotResource", "not_resources", "not_resource")));
        entries.put("principals", list(principals(first(raw, "Principal", "principals", "principal"))));
        entries.put("not_principals", list(principals(first(raw, "NotPrincipal", "not_principals", "not_principal"))));
        entries.put("conditions", Located.nowhere(conditions(first(raw, "Condition", "condition", "conditions"))));
        return new Value.Mapping(entries);
    }

    /** Texts alone: of {@code "*"}, of <code>{"AWS": [...]}</code>, or of the blocks with {@code identifiers}. */
    private static Value principals(Value value) {
        var all = new ArrayList<Located>();
        switch (value) {
            case Value.Mapping map
            when map.entries().containsKey("identifiers") -> all.addAll(items(map.get("identifiers")));
            case Value.Mapping map -> map.entries().values().forEach(entry -> all.addAll(items(entry.value())));
            case Value.Sequence list -> list.items().forEach(item -> all.addAll(items(principals(item.value()))));
            case Value.Absent absent -> {}
            default -> all.add(Located.nowhere(value));
        }
        return new Value.Sequence(all);
    }

    /** A list of objects with a test, a variable and its values. */
    private static Value conditions(Value value) {
        if (!(value instanceof Value.Mapping tests) || tests.entries().containsKey("test")) {
            return new Value.Sequence(items(value));
        }
        var all = new ArrayList<Located>();
        tests.entries().forEach((test, variables) -> {
            if (variables.value() instanceof Value.Mapping map) {
                map.entries().forEach((variable, values) -> {
                    var entries = new LinkedHashMap<String, Located>();
                    entries.put("test", Located.nowhere(Value.of(test)));
                    entries.put("variable", Located.nowhere(Value.of(variable)));
                    entries.put("values", list(values.value()));
                    all.add(Located.nowhere(new Value.Mapping(entries)));
                });
            }
        });
        return new Value.Sequence(all);
    }

    private static Located list(Value value) {
        return Located.nowhere(new Value.Sequence(items(value)));
    }

    static List<Located> items(Value value) {
        return switch (value) {
            case Value.Sequence list -> list.items();
            case Value.Absent absent -> List.of();
            default -> List.of(Located.nowhere(value));
        };
    }

    static Value first(Value.Mapping map, String... names) {
        for (var name : names) {
            var value = map.get(name);
            if (!(value instanceof Value.Absent)) {
                return value;
            }
        }
        return Value.ABSENT;
    }
}
