package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Body;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A resource or a data source with all its instances. */
final class ResourceNode {
    private static final Set<String> META = Set.of("count", "for_each", "provider", "depends_on");

    private final ModuleInstance module;
    private final boolean data;
    private final Body.Block block;
    private final String type;
    private final String address;
    private final List<Resource> instances = new ArrayList<>(1);
    private @Nullable Value value;
    private boolean underway;
    private @Nullable Value symbolic;

    ResourceNode(ModuleInstance module, boolean data, Body.Block block) {
        this.module = module;
        this.data = data;
        this.block = block;
        this.type = block.labels().getFirst();
        this.address = module.prefix() + (data ? "data." : "") + type + "."
                + block.labels().get(1);
    }

    static boolean isData(String address) {
        int at = 0;
        // The names of modules may contain "data." only in their keys.
        while (address.startsWith("module.", at)) {
            int dot = address.indexOf('.', at + 7);
            int bracket = address.indexOf('[', at + 7);
            if (bracket >= 0 && bracket < dot) {
                int closing = address.indexOf("].", bracket);
                dot = closing < 0 ? -1 : closing + 1;
            }
            if (dot < 0) {
                return false;
            }
            at = dot + 1;
        }
        return address.startsWith("data.", at);
    }

    /** The attributes of its one instance, or those of all by index or key. */
    Value value(Position asked) {
        if (underway) {
            var circle = module.evaluation().circle(address, asked);
            return new Unknown(circle.because(), true, List.of(), List.of(), null, Set.of(new Reference(address, "")));
        }
        if (value == null) {
            underway = true;
            module.evaluation().begin(address);
            try {
                value = evaluate();
            } finally {
                module.evaluation().end();
                underway = false;
            }
        }
        return value;
    }

    /** The instance that stands for all, where their number is unknown. */
    Optional<Value> symbolic() {
        return Optional.ofNullable(symbolic);
    }

    void collect() {
        value(block.position());
        instances.forEach(module.evaluation()::add);
        instances.clear();
    }

    private Value evaluate() {
        var evaluation = module.evaluation();
        var expansion = Expansion.of(block.body(), module.scope(), evaluation.expressions(), evaluation.limits());
        var items = new ArrayList<Located>();
        var entries = new LinkedHashMap<String, Located>();
        for (var instance : expansion.instances()) {
            // Whatever it costs, each block is looked at once.
            if (!evaluation.another(block.position()) && !instances.isEmpty()) {
                break;
            }
            var resource = instance(instance);
            instances.add(resource);
            var located = new Located(resource.attributes(), block.position());
            if (instance.name() != null) {
                entries.put(instance.name(), located);
            } else {
                items.add(located);
            }
        }
        return switch (expansion.kind()) {
            case SINGLE ->
                items.isEmpty() ? Unknown.because(address) : items.getFirst().value();
            case COUNT -> new Value.Sequence(items);
            case FOR_EACH -> new Value.Mapping(entries);
            case SYMBOLIC -> {
                symbolic = items.isEmpty() ? null : items.getFirst().value();
                yield Unknown.because("the number of " + address).present().from(new Reference(address + "[*]", ""));
            }
        };
    }

    private Resource instance(Expansion.Instance instance) {
        var evaluation = module.evaluation();
        var attributes = evaluation.blocks().body(block.body(), instance.scope(), META);
        if (data) {
            attributes = PureData.completed(
                    type, attributes, block.position(), instance.scope().names());
        }
        var full = address + instance.key();
        evaluation.remember(attributes, full);
        return new Resource(
                data ? "data." + type : type, full, attributes, block.position(), module.origin(provider()));
    }

    private String provider() {
        var written = Syntax.attribute(block.body(), "provider")
                .map(each -> Syntax.written(each.value()))
                .orElse(type);
        int end = written.indexOf(written.equals(type) ? '_' : '.');
        return end < 0 ? written : written.substring(0, end);
    }
}
