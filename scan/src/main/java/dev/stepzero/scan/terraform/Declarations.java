package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Body;
import java.util.LinkedHashMap;
import java.util.Set;

/** What rules look at besides resources: settings, providers, variables and outputs. */
final class Declarations {
    private static final Set<String> NONE = Set.of();
    private static final Set<String> VALIDATION = Set.of("validation");
    private static final Set<String> WITHOUT_VALUE = Set.of("value", "depends_on");

    private Declarations() {}

    static void collect(ModuleInstance instance) {
        var module = instance.module();
        var settings = module.settings();
        if (settings != null) {
            add(instance, "terraform", "terraform", settings, body(instance, settings, NONE));
        }
        for (var provider : module.providers()) {
            var name = provider.labels().isEmpty() ? "" : provider.labels().getFirst();
            var alias = Syntax.literal(provider.body(), "alias")
                    .map(each -> "." + each)
                    .orElse("");
            add(instance, "provider." + name, "provider." + name + alias, provider, body(instance, provider, NONE));
        }
        module.variables()
                .forEach((name, block) -> add(instance, "variable", "var." + name, block, variable(instance, block)));
        module.outputs()
                .forEach((name, block) ->
                        add(instance, "output", "output." + name, block, output(instance, name, block)));
    }

    private static void add(
            ModuleInstance instance, String kind, String address, Body.Block block, Value.Mapping attributes) {
        instance.evaluation().add(kind, instance.prefix() + address, attributes, block.position(), instance.origin(""));
    }

    private static Value.Mapping body(ModuleInstance instance, Body.Block block, Set<String> without) {
        return instance.evaluation().blocks().body(block.body(), instance.scope(), without);
    }

    /** Its type is no expression with a value: it is kept as it is written. */
    private static Value.Mapping variable(ModuleInstance instance, Body.Block block) {
        var entries = new LinkedHashMap<String, Located>();
        for (var attribute : block.body().attributes()) {
            var value = attribute.name().equals("type")
                    ? Value.of(Syntax.written(attribute.value()))
                    : attribute.name().equals("validation")
                            ? Value.ABSENT
                            : instance.evaluation().expressions().evaluate(attribute.value(), instance.scope());
            entries.put(attribute.name(), new Located(value, attribute.position()));
        }
        for (var inner : block.body().blocks()) {
            if (!VALIDATION.contains(inner.type())) {
                entries.put(
                        inner.type(),
                        new Located(
                                instance.evaluation().blocks().body(inner.body(), instance.scope(), NONE),
                                inner.position()));
            }
        }
        return new Value.Mapping(entries);
    }

    private static Value.Mapping output(ModuleInstance instance, String name, Body.Block block) {
        var entries = new LinkedHashMap<>(body(instance, block, WITHOUT_VALUE).entries());
        Syntax.attribute(block.body(), "value")
                .ifPresent(attribute -> entries.put(
                        "value", new Located(instance.output(name, attribute.position()), attribute.position())));
        return new Value.Mapping(entries);
    }
}
