package dev.stepzero.scan.kubernetes;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.ImageName;
import dev.stepzero.scan.manifest.Look;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The pods that an object makes, in one shape whatever the object is: rules about pods are written once.
 *
 * @param pod the pod's spec
 * @param podMetadata what the pod will have as its metadata
 */
record Workload(Located pod, Located podMetadata) {
    /** The kinds that are nothing without a pod. */
    static final Set<String> MAKES_PODS = Set.of(
            "CronJob", "DaemonSet", "Deployment", "Job", "Pod", "ReplicaSet", "ReplicationController", "StatefulSet");

    /** What makes pods in a way of its own; everything else has them under {@code spec.template}. */
    static Optional<Workload> of(Value.Mapping object) {
        var spec = object.entry("spec");
        return switch (Look.text(object, "kind").orElse("")) {
            case "Pod" -> spec.filter(Workload::isObject).map(pod -> new Workload(pod, metadata(object)));
            case "PodTemplate" -> template(object);
            case "CronJob" -> template(Look.mapping(Look.mapping(Look.mapping(object, "spec"), "jobTemplate"), "spec"));
            default -> template(Look.mapping(object, "spec"));
        };
    }

    private static Optional<Workload> template(Value.Mapping owner) {
        var template = Look.mapping(owner, "template");
        return template.entry("spec")
                .filter(pod -> pod.value() instanceof Value.Mapping spec && hasContainers(spec))
                .map(pod -> new Workload(pod, metadata(template)));
    }

    private static boolean hasContainers(Value.Mapping spec) {
        return spec.get("containers") instanceof Value.Sequence
                || spec.get("containers") instanceof Unknown
                || spec.get("initContainers") instanceof Value.Sequence;
    }

    private static boolean isObject(Located located) {
        return located.value() instanceof Value.Mapping;
    }

    private static Located metadata(Value.Mapping owner) {
        return owner.entry("metadata").orElse(Located.nowhere(Value.Mapping.EMPTY));
    }

    Resource resource(Resource object, Value namespace, Neighbourhood neighbourhood) {
        var attributes = new LinkedHashMap<String, Located>();
        var own = object.attributes();
        own.entry("kind").ifPresent(kind -> attributes.put("kind", kind));
        own.entry("apiVersion").ifPresent(version -> attributes.put("apiVersion", version));
        var metadata = metadata(own);
        var place = Look.mapping(metadata.value())
                .entry("namespace")
                .map(Located::position)
                .orElse(metadata.position());
        attributes.put("namespace", new Located(namespace, place));
        attributes.put("metadata", metadata);
        own.entry("spec").ifPresent(spec -> attributes.put("spec", spec));
        attributes.put("pod", pod);
        attributes.put("pod_metadata", podMetadata);
        neighbourhood.addTo(attributes, Look.mapping(pod.value()), namespace);
        attributes.put("containers", new Located(containers(), pod.position()));
        return new Resource(
                "workload", object.address(), new Value.Mapping(attributes), object.position(), object.origin());
    }

    private Value containers() {
        var spec = Look.mapping(pod.value());
        if (spec.get("containers") instanceof Unknown unknown) {
            return unknown;
        }
        var annotations = Look.mapping(podMetadata.value()).get("annotations");
        var all = new ArrayList<Located>();
        gather("containers", "container", spec, annotations, all);
        gather("initContainers", "init", spec, annotations, all);
        gather("ephemeralContainers", "ephemeral", spec, annotations, all);
        return new Value.Sequence(all);
    }

    private static void gather(String name, String type, Value.Mapping pod, Value annotations, List<Located> into) {
        for (var item : Look.items(pod.get(name))) {
            if (item.value() instanceof Value.Mapping container) {
                into.add(new Located(container(container, type, item.position(), pod, annotations), item.position()));
            }
        }
    }

    private static Value container(
            Value.Mapping container, String type, Position position, Value.Mapping pod, Value annotations) {
        var attributes = new LinkedHashMap<>(container.entries());
        var line = CommandLine.of(container);
        var security = container.entry("securityContext").map(Located::position).orElse(position);
        attributes.put("container_type", new Located(Value.of(type), position));
        attributes.put("effective", new Located(EffectiveSecurity.of(container, pod, annotations), security));
        var command =
                container.entry("command").or(() -> container.entry("args")).map(Located::position);
        attributes.put("flags", new Located(line.flags(), command.orElse(position)));
        attributes.put("words", new Located(line.words(), command.orElse(position)));
        ImageName.spread(container.entries().get("image"), attributes);
        return new Value.Mapping(attributes);
    }
}
