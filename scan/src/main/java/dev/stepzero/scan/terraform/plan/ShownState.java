package dev.stepzero.scan.terraform.plan;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The values of a state or plan: a tree of modules, each with its resources. */
final class ShownState {
    private ShownState() {}

    static List<Resource> resources(Value.Mapping document) {
        var found = new ArrayList<Resource>();
        for (var each : listed(Look.mapping(document, "values"))) {
            resource(each, Format.TERRAFORM_STATE, found);
        }
        return found;
    }

    /** Every resource in the tree of modules. */
    static List<Located> listed(Value.Mapping values) {
        var found = new ArrayList<Located>();
        var waiting = new ArrayDeque<Value.Mapping>();
        waiting.add(Look.mapping(values, "root_module"));
        while (!waiting.isEmpty()) {
            var module = waiting.remove();
            found.addAll(Look.items(module.get("resources")));
            Look.items(module.get("child_modules")).forEach(child -> waiting.add(Look.mapping(child.value())));
        }
        return found;
    }

    static void resource(Located item, Format format, List<Resource> found) {
        var resource = Look.mapping(item.value());
        var type = Look.text(resource, "type").orElse("");
        var address = Look.text(resource, "address").orElse("");
        if (type.isEmpty() || address.isEmpty() || resource.entry("deposed_key").isPresent()) {
            return;
        }
        var data = Look.text(resource, "mode").orElse("").equals("data");
        found.add(new Resource(
                data ? "data." + type : type,
                address,
                Shape.ofState(Look.mapping(resource, "values")),
                item.position(),
                Addresses.origin(format, address, null)));
    }
}
