package dev.stepzero.scan.kubernetes;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Resources of Terraform's Kubernetes provider as the objects that they make, so that rules speak of Kubernetes in its own
 * words only. Their addresses and places stay Terraform's.
 */
public final class ProviderObjects {
    private ProviderObjects() {}

    /** A resource with the objects that it makes; of those that make none, it is the resource itself. */
    private record Adapted(Resource resource, List<ManifestObject> objects) {}

    /** The same resources, with objects in place of those that make some, and with the workload beside each that has pods. */
    public static List<Resource> adapted(List<Resource> resources) {
        if (resources.stream().noneMatch(each -> each.kind().startsWith("kubernetes_"))) {
            return resources;
        }
        var all =
                resources.stream().map(each -> new Adapted(each, objects(each))).toList();
        var neighbourhood = new Neighbourhood(
                all.stream().flatMap(each -> each.objects().stream()).toList());
        var adapted = new ArrayList<Resource>(resources.size() * 2);
        for (var each : all) {
            var from = each.resource();
            if (each.objects().isEmpty()) {
                adapted.add(from);
            }
            for (var object : each.objects()) {
                var resource = new Resource(
                        object.kind(), from.address(), object.attributes(), object.position(), from.origin());
                adapted.add(resource);
                Workload.of(object.attributes())
                        .map(found -> found.resource(resource, object.namespace(), neighbourhood))
                        .ifPresent(adapted::add);
            }
        }
        return adapted;
    }

    private static List<ManifestObject> objects(Resource resource) {
        if (resource.kind().equals("kubernetes_manifest")) {
            var found = new ArrayList<ManifestObject>();
            resource.attributes()
                    .entry("manifest")
                    .ifPresent(manifest ->
                            ManifestObject.gather(new Located(manifest.value(), resource.position()), found));
            return found;
        }
        return ProviderKinds.of(resource.kind())
                .map(made -> List.of(new ManifestObject(made.kind(), attributes(resource, made), resource.position())))
                .orElse(List.of());
    }

    private static Value.Mapping attributes(Resource resource, ProviderKinds.Made made) {
        var attributes = new LinkedHashMap<String, Located>();
        attributes.put("apiVersion", new Located(Value.of(made.apiVersion()), resource.position()));
        attributes.put("kind", new Located(Value.of(made.kind()), resource.position()));
        attributes.putAll(ProviderSchema.object(resource.attributes(), "").entries());
        switch (made.kind()) {
            case "Secret" -> readable(attributes);
            case "ServiceAccount" -> rename("secret", "secrets", attributes);
            default -> {}
        }
        if (resource.kind().startsWith("kubernetes_default_service_account")) {
            var metadata = Look.mapping(new Value.Mapping(attributes), "metadata");
            var named = metadata.with("name", new Located(Value.of("default"), resource.position()));
            attributes.put("metadata", new Located(named, resource.position()));
        }
        return new Value.Mapping(attributes);
    }

    /** The provider encodes {@code data} itself: what the API calls so is {@code binary_data}. */
    private static void readable(Map<String, Located> secret) {
        rename("data", "stringData", secret);
        rename("binaryData", "data", secret);
    }

    private static void rename(String name, String to, Map<String, Located> attributes) {
        var held = attributes.remove(name);
        if (held != null) {
            attributes.put(to, held);
        }
    }
}
