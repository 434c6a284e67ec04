package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Body;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A module call with all its instances. */
final class CallNode {
    private static final Set<String> META = Set.of("count", "for_each", "providers", "depends_on");

    private final ModuleInstance caller;
    private final String name;
    private final Body.Block block;
    private final String address;
    private final Map<Object, ModuleInstance> byKey = new LinkedHashMap<>();
    private final List<Expansion.Instance> expanded = new ArrayList<>();
    private Expansion.@Nullable Kind kind;
    private boolean underway;
    private boolean available;
    private boolean outline;

    CallNode(ModuleInstance caller, String name, Body.Block block) {
        this.caller = caller;
        this.name = name;
        this.block = block;
        this.address = caller.prefix() + "module." + name;
    }

    /** Finds the module and its instances; false while that is under way, since it then asks for itself. */
    private boolean ready(Position asked) {
        if (underway) {
            caller.evaluation().circle(address, asked);
            return false;
        }
        if (kind != null) {
            return true;
        }
        underway = true;
        caller.evaluation().begin(address);
        try {
            expand();
        } finally {
            caller.evaluation().end();
            underway = false;
        }
        return true;
    }

    private void expand() {
        var evaluation = caller.evaluation();
        var expansion = Expansion.of(block.body(), caller.scope(), evaluation.expressions(), evaluation.limits());
        kind = expansion.kind();
        expanded.addAll(expansion.instances());
        var target = ModuleSources.find(caller, name, block);
        available = target.isPresent();
        outline = target.map(Module::outline).orElse(false);
        if (target.isEmpty()) {
            return;
        }
        for (var instance : expansion.instances()) {
            if (!evaluation.another(block.position()) || !evaluation.limits().hold(30, block.position())) {
                return;
            }
            byKey.put(
                    instance.name() == null ? (Object) byKey.size() : instance.name(),
                    caller.child(target.get(), block, name, instance));
        }
    }

    private Unknown unavailable(String output) {
        return Unknown.because("module." + name + (output.isEmpty() ? "" : "." + output))
                .from(new Reference(address, output));
    }

    Value output(@Nullable Value key, String output, Position asked) {
        if (!ready(asked) || !available || byKey.isEmpty()) {
            return unavailable(output);
        }
        var expressions = caller.evaluation().expressions();
        if (key == null || kind == Expansion.Kind.SYMBOLIC || kind == Expansion.Kind.SINGLE) {
            if (kind == Expansion.Kind.COUNT || kind == Expansion.Kind.FOR_EACH) {
                return byKey.size() == 1
                        ? output(byKey.values().iterator().next(), output, asked)
                        : expressions.fail(address + " has several instances");
            }
            return output(byKey.values().iterator().next(), output, asked);
        }
        if (key instanceof Unknown unknown) {
            return Unknowns.of(unavailable(output), unknown);
        }
        Object wanted = kind == Expansion.Kind.COUNT
                ? Conversions.number(key)
                        .<Object>map(number -> number.intValue())
                        .orElse("")
                : Conversions.text(key).orElse("");
        var instance = byKey.get(wanted);
        return instance == null
                ? expressions.fail("there is no " + address + "[" + wanted + "]")
                : output(instance, output, asked);
    }

    private Value output(ModuleInstance instance, String output, Position asked) {
        var module = instance.module();
        if (module.outline() && !module.outputs().containsKey(output)) {
            return unavailable(output);
        }
        return Unknowns.through(instance.output(output, asked), "module." + name + "." + output);
    }

    /** The outputs of its one instance, or those of all by index or key. */
    Value whole(Position asked) {
        if (!ready(asked) || !available || outline || kind == null || kind == Expansion.Kind.SYMBOLIC) {
            return unavailable("");
        }
        var items = new ArrayList<Located>();
        var entries = new LinkedHashMap<String, Located>();
        byKey.forEach((key, instance) -> {
            var outputs = new Located(instance.allOutputs(asked), block.position());
            if (key instanceof String text) {
                entries.put(text, outputs);
            } else {
                items.add(outputs);
            }
        });
        return switch (kind) {
            case SINGLE -> items.isEmpty() ? unavailable("") : items.getFirst().value();
            case COUNT -> new Value.Sequence(items);
            case FOR_EACH -> new Value.Mapping(entries);
            case SYMBOLIC -> unavailable("");
        };
    }

    void collect() {
        if (!ready(block.position())) {
            return;
        }
        var evaluation = caller.evaluation();
        for (var instance : expanded) {
            var inputs = evaluation.blocks().body(block.body(), instance.scope(), META);
            evaluation.add("module", address + instance.key(), inputs, block.position(), caller.origin(""));
        }
        byKey.values().forEach(ModuleInstance::collect);
    }
}
