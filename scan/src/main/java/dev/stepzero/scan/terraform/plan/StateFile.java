package dev.stepzero.scan.terraform.plan;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.ArrayList;
import java.util.List;

/** A state as Terraform stores it. */
final class StateFile {
    static final int VERSION = 4;

    private StateFile() {}

    static List<Resource> resources(Value.Mapping document) {
        var found = new ArrayList<Resource>();
        for (var item : Look.items(document.get("resources"))) {
            var resource = Look.mapping(item.value());
            for (var instance : Look.items(resource.get("instances"))) {
                add(resource, instance, found);
            }
        }
        return found;
    }

    private static void add(Value.Mapping resource, Located instance, List<Resource> found) {
        var content = Look.mapping(instance.value());
        var type = Look.text(resource, "type").orElse("");
        var name = Look.text(resource, "name").orElse("");
        // What is deposed is on its way out: the instance that took its place is judged.
        if (type.isEmpty() || name.isEmpty() || content.entry("deposed").isPresent()) {
            return;
        }
        var data = Look.text(resource, "mode").orElse("").equals("data");
        var module = Look.text(resource, "module").map(path -> path + ".").orElse("");
        var kind = data ? "data." + type : type;
        var address = module + kind + "." + name + Addresses.key(content.get("index_key"));
        found.add(new Resource(
                kind,
                address,
                Shape.ofState(Look.mapping(content, "attributes")),
                instance.position(),
                Addresses.origin(Format.TERRAFORM_STATE, address, null)));
    }
}
