package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Says one CloudFormation resource, evaluated, in the words of the Terraform provider; it may become several. */
final class Adapter {
    private final String address;
    private final Position position;
    private final Origin origin;
    private final Consumer<Resource> sink;
    private final List<Resource> own = new ArrayList<>();

    Adapter(String address, Position position, Origin origin, Consumer<Resource> sink) {
        this.address = address;
        this.position = position;
        this.origin = origin;
        this.sink = sink;
    }

    void adapt(List<KindRule> kinds, Value.Mapping properties) {
        boolean first = true;
        var resources = new ArrayList<Resource>();
        for (var kind : kinds) {
            if (!kind.appliesTo(properties)) {
                continue;
            }
            var attributes = new LinkedHashMap<String, Located>();
            if (!kind.link().isEmpty()) {
                attributes.put(kind.link(), new Located(reference(""), position));
            }
            attributes.putAll(attributes(properties, kind.properties(), kind.listedOnly()));
            resources.add(new Resource(
                    kind.kind(),
                    first ? address : address + kind.suffix(),
                    new Value.Mapping(attributes),
                    position,
                    origin));
            first = false;
        }
        resources.forEach(sink);
        own.forEach(sink);
    }

    private Map<String, Located> attributes(Value.Mapping properties, PropertyRules rules, boolean listedOnly) {
        var attributes = new LinkedHashMap<String, Located>();
        properties.entries().forEach((property, entry) -> {
            var known = rules.of(property);
            if (known.isEmpty() && !listedOnly) {
                attributes.put(
                        SnakeCase.of(property), new Located(respelled(property, entry.value()), entry.position()));
            }
            for (var rule : known) {
                place(property, entry, rule, attributes);
            }
        });
        for (var preset : rules.presets()) {
            if (preset.always() || !attributes.containsKey(preset.attribute())) {
                put(attributes, preset.attribute(), new Located(preset(preset.value()), position));
            }
        }
        return attributes;
    }

    private Value preset(String value) {
        return switch (value) {
            case "@self" -> reference("");
            case "true" -> Value.TRUE;
            case "false" -> Value.FALSE;
            default -> Value.of(value);
        };
    }

    private Unknown reference(String suffix) {
        return Unknown.computed(new Reference(address + suffix, "id"));
    }

    private void place(String property, Located entry, PropertyRule rule, Map<String, Located> attributes) {
        var value = entry.value();
        for (var conversion : rule.conversions()) {
            value = conversion.apply(value);
        }
        var own = rule.own();
        if (own != null) {
            resources(property, new Located(value, entry.position()), rule, own);
        } else if (rule.target().equals(".")) {
            fields(value, rule).forEach((name, field) -> put(attributes, name, field));
        } else if (!rule.target().equals("-") && !(value instanceof Value.Absent)) {
            put(attributes, rule.target(), new Located(converted(value, rule), entry.position()));
        }
    }

    private Value converted(Value value, PropertyRule rule) {
        if (rule.within().isEmpty()) {
            return rule.verbatim() ? value : respelled("", value);
        }
        return Alternatives.each(value, known -> switch (known) {
            case Value.Mapping map -> new Value.Mapping(attributes(map, rule.within(), rule.verbatim()));
            case Value.Sequence list -> {
                var items = new ArrayList<Located>(list.items().size());
                for (var item : list.items()) {
                    items.add(new Located(converted(item.value(), rule), item.position()));
                }
                yield new Value.Sequence(items);
            }
            default -> known;
        });
    }

    /** What is in an object, as attributes for what stands around it, even if the object is known in parts only. */
    private Map<String, Located> fields(Value value, PropertyRule rule) {
        return switch (value) {
            case Value.Mapping map -> attributes(map, rule.within(), rule.verbatim());
            case Value.Sequence list
            when !list.isEmpty() -> fields(list.items().getFirst().value(), rule);
            case Unknown unknown
            when !unknown.oneOf().isEmpty() ->
                Alternatives.joined(
                        unknown.chain(),
                        unknown.oneOf().stream().map(each -> fields(each, rule)).toList());
            case Unknown unknown -> {
                var unknowns = new LinkedHashMap<String, Located>();
                rule.within()
                        .all()
                        .values()
                        .forEach(rules -> rules.forEach(each -> {
                            if (each.own() == null
                                    && !each.target().equals("-")
                                    && !each.target().equals(".")) {
                                put(unknowns, each.target(), Located.nowhere(unknown));
                            }
                        }));
                yield unknowns;
            }
            default -> Map.of();
        };
    }

    private void resources(String property, Located entry, PropertyRule rule, PropertyRule.OwnResource own) {
        if (entry.value() instanceof Value.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                var item = list.items().get(i);
                if (item.value() instanceof Value.Absent) {
                    continue;
                }
                var place = item.position().exists() ? item.position() : entry.position();
                resource(property + "[" + i + "]", new Located(item.value(), place), rule, own);
            }
        } else if (!(entry.value() instanceof Value.Absent)) {
            resource(property, entry, rule, own);
        }
    }

    private void resource(String name, Located entry, PropertyRule rule, PropertyRule.OwnResource own) {
        var attributes = new LinkedHashMap<String, Located>();
        attributes.put(own.link(), new Located(reference(own.beside()), entry.position()));
        if (own.value().isEmpty()) {
            fields(entry.value(), rule).forEach((field, value) -> put(attributes, field, value));
        } else {
            put(attributes, own.value(), new Located(converted(entry.value(), rule), entry.position()));
            for (var preset : rule.within().presets()) {
                put(attributes, preset.attribute(), new Located(preset(preset.value()), entry.position()));
            }
        }
        this.own.add(new Resource(
                own.kind(), address + "/" + name, new Value.Mapping(attributes), entry.position(), origin));
    }

    /** Sets an attribute under a dotted path, whose objects come to be as they are needed. */
    private static void put(Map<String, Located> attributes, String path, Located value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            attributes.put(path, value);
            return;
        }
        var head = path.substring(0, dot);
        var inner = new LinkedHashMap<String, Located>();
        var there = attributes.get(head);
        if (there != null && there.value() instanceof Value.Mapping map) {
            inner.putAll(map.entries());
        }
        put(inner, path.substring(dot + 1), value);
        attributes.put(
                head, new Located(new Value.Mapping(inner), there == null ? value.position() : there.position()));
    }

    private static Value respelled(String property, Value value) {
        return Spelling.of(property, value);
    }
}
