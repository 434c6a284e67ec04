package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The data source {@code aws_iam_policy_document}: it asks nobody, it only writes JSON.
 *
 * @see <a href="https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document">its
 *     documentation</a>
 */
final class PolicyDocument {
    private final Names names;
    private final Map<String, Located> statements = new LinkedHashMap<>();

    private PolicyDocument(Names names) {
        this.names = names;
    }

    /** The data source's attributes with the policy's text in {@code json}. */
    static Value.Mapping withJson(Value.Mapping attributes, Position position, Names names) {
        var structure = new PolicyDocument(names).structure(attributes, position);
        var encoded = structure.whollyKnown()
                ? names.call("jsonencode", List.of(structure))
                : Unknowns.of(structure).encoding(structure);
        var text = new Located(encoded, position);
        return attributes.with("json", text).with("minified_json", text);
    }

    private Value structure(Value.Mapping attributes, Position position) {
        merge(attributes.get("source_json"), position);
        mergeAll(attributes.get("source_policy_documents"), position);
        for (var statement : blocks(attributes.get("statement"), position)) {
            add(
                    statement.value() instanceof Value.Mapping map
                            ? new Located(statement(map), statement.position())
                            : statement);
        }
        merge(attributes.get("override_json"), position);
        mergeAll(attributes.get("override_policy_documents"), position);
        var entries = new LinkedHashMap<String, Located>();
        var version = attributes.get("version");
        entries.put("Version", Located.nowhere(version instanceof Value.Absent ? Value.of("2012-10-17") : version));
        copy(attributes, "policy_id", entries, "Id");
        entries.put("Statement", new Located(new Value.Sequence(List.copyOf(statements.values())), position));
        return new Value.Mapping(entries);
    }

    /** One with a Sid replaces the former one of the same Sid. */
    private void add(Located statement) {
        var sid = statement.value() instanceof Value.Mapping map && map.get("Sid") instanceof Value.Text(var text)
                ? text
                : "";
        // Keys of statements without a Sid only have to differ from each other and from all Sids.
        statements.put(sid.isEmpty() ? "#" + statements.size() : sid, statement);
    }

    private void mergeAll(Value documents, Position position) {
        switch (documents) {
            case Value.Sequence(var items) -> items.forEach(item -> merge(item.value(), item.position()));
            case Unknown unknown -> add(new Located(unknown, position));
            default -> {}
        }
    }

    private void merge(Value document, Position position) {
        var parsed = switch (document) {
            case Value.Text(var text) when !text.isBlank() -> parsed(document);
            case Unknown unknown -> unknown.encoded().orElse(unknown);
            default -> Value.ABSENT;
        };
        switch (parsed) {
            case Value.Mapping map -> blocks(map.get("Statement"), position).forEach(this::add);
            case Unknown unknown -> add(new Located(unknown, position));
            default -> {}
        }
    }

    private Value parsed(Value text) {
        try {
            return names.call("jsondecode", List.of(text));
        } catch (dev.stepzero.scan.terraform.functions.FunctionError e) {
            return Unknown.because("a policy that is no JSON");
        }
    }

    private static List<Located> blocks(Value value, Position position) {
        return switch (value) {
            case Value.Sequence(var items) -> items;
            case Value.Absent _ -> List.of();
            default -> List.of(new Located(value, position));
        };
    }

    private static Value.Mapping statement(Value.Mapping block) {
        var entries = new LinkedHashMap<String, Located>();
        copy(block, "sid", entries, "Sid");
        entries.put(
                "Effect",
                block.entry("effect")
                        .filter(each -> !(each.value() instanceof Value.Absent))
                        .orElse(Located.nowhere(Value.of("Allow"))));
        copy(block, "actions", entries, "Action");
        copy(block, "not_actions", entries, "NotAction");
        copy(block, "resources", entries, "Resource");
        copy(block, "not_resources", entries, "NotResource");
        principals(block, "principals", entries, "Principal");
        principals(block, "not_principals", entries, "NotPrincipal");
        conditions(block, entries);
        return new Value.Mapping(entries);
    }

    private static void copy(Value.Mapping block, String name, Map<String, Located> entries, String policyName) {
        block.entry(name)
                .filter(each ->
                        !(each.value() instanceof Value.Absent) && !each.value().equals(Value.Sequence.EMPTY))
                .ifPresent(each -> entries.put(policyName, new Located(written(each.value()), each.position())));
    }

    /** A list of one stands for itself; {@code &{…}} is how IAM's own variables are written in Terraform. */
    private static Value written(Value value) {
        return switch (value) {
            case Value.Text(var text) -> text.contains("&{") ? Value.of(text.replace("&{", "${")) : value;
            case Value.Sequence(var items)
            when items.size() == 1 -> written(items.getFirst().value());
            case Value.Sequence(var items) -> {
                var all = new ArrayList<Located>(items.size());
                items.forEach(item -> all.add(new Located(written(item.value()), item.position())));
                yield new Value.Sequence(all);
            }
            default -> value;
        };
    }

    private static void principals(Value.Mapping block, String name, Map<String, Located> entries, String policyName) {
        var byType = new LinkedHashMap<String, Located>();
        for (var each : blocks(block.get(name), Position.NONE)) {
            if (!(each.value() instanceof Value.Mapping principal)
                    || !(principal.get("type") instanceof Value.Text(var type))) {
                entries.put(policyName, new Located(Unknowns.of(each.value()), each.position()));
                return;
            }
            var identifiers = new Located(written(principal.get("identifiers")), each.position());
            if (type.equals("*") && identifiers.value().equals(Value.of("*"))) {
                entries.put(policyName, identifiers);
                return;
            }
            byType.merge(type, identifiers, PolicyDocument::together);
        }
        if (!byType.isEmpty()) {
            entries.put(
                    policyName,
                    new Located(
                            new Value.Mapping(byType),
                            byType.values().iterator().next().position()));
        }
    }

    private static Located together(Located one, Located other) {
        var all = new ArrayList<>(blocks(one.value(), one.position()));
        all.addAll(blocks(other.value(), other.position()));
        return new Located(new Value.Sequence(all), one.position());
    }

    private static void conditions(Value.Mapping block, Map<String, Located> entries) {
        var byTest = new LinkedHashMap<String, Map<String, Located>>();
        var position = Position.NONE;
        for (var each : blocks(block.get("condition"), Position.NONE)) {
            if (!(each.value() instanceof Value.Mapping condition)
                    || !(condition.get("test") instanceof Value.Text(var test))
                    || !(condition.get("variable") instanceof Value.Text(var variable))) {
                entries.put("Condition", new Located(Unknowns.of(each.value()), each.position()));
                return;
            }
            position = each.position();
            byTest.computeIfAbsent(test, name -> new LinkedHashMap<>())
                    .put(variable, new Located(written(condition.get("values")), each.position()));
        }
        if (!byTest.isEmpty()) {
            var tests = new LinkedHashMap<String, Located>();
            for (var test : byTest.entrySet()) {
                tests.put(test.getKey(), new Located(new Value.Mapping(test.getValue()), position));
            }
            entries.put("Condition", new Located(new Value.Mapping(tests), position));
        }
    }
}
