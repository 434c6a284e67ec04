package dev.stepzero.scan.kubernetes;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** An object of the Kubernetes API as a manifest writes it. */
record ManifestObject(String kind, Value.Mapping attributes, Position position) {
    /** A list in a list in a list is no manifest. */
    private static final int DEEPEST_LIST = 4;

    /** What belongs to no namespace. */
    private static final Set<String> OF_THE_CLUSTER = Set.of(
            "APIService",
            "CertificateSigningRequest",
            "ClusterIssuer",
            "ClusterRole",
            "ClusterRoleBinding",
            "CSIDriver",
            "CustomResourceDefinition",
            "IngressClass",
            "MutatingWebhookConfiguration",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PodSecurityPolicy",
            "PriorityClass",
            "RuntimeClass",
            "StorageClass",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration");

    /** Adds the objects of a document: itself, or those of a list. What is no object of the API adds nothing. */
    static void gather(Located document, List<ManifestObject> into) {
        gather(document, "", "", 0, into);
    }

    private static void gather(
            Located located, String itemKind, String itemVersion, int depth, List<ManifestObject> into) {
        if (depth > DEEPEST_LIST || !(located.value() instanceof Value.Mapping mapping)) {
            return;
        }
        var kind = Look.text(mapping, "kind").orElse(itemKind);
        var version = Look.text(mapping, "apiVersion").orElse(itemVersion);
        if (kind.isEmpty() || version.isEmpty()) {
            return;
        }
        if (kind.endsWith("List") && mapping.get("items") instanceof Value.Sequence items) {
            var kindOfItems = kind.substring(0, kind.length() - "List".length());
            items.items().forEach(item -> gather(item, kindOfItems, version, depth + 1, into));
        } else {
            into.add(new ManifestObject(kind, complete(mapping, kind, version), located.position()));
        }
    }

    /** The items of a {@code RoleList} need not say that they are roles. */
    private static Value.Mapping complete(Value.Mapping mapping, String kind, String version) {
        if (mapping.entries().containsKey("kind") && mapping.entries().containsKey("apiVersion")) {
            return mapping;
        }
        var complete = new LinkedHashMap<>(mapping.entries());
        complete.putIfAbsent("apiVersion", Located.nowhere(Value.of(version)));
        complete.putIfAbsent("kind", Located.nowhere(Value.of(kind)));
        return new Value.Mapping(complete);
    }

    /**
     * The namespace that it is put in, which is {@code default} when it names none and the client neither; an empty text
     * for what belongs to none, and unknown where its name is.
     */
    Value namespace() {
        if (OF_THE_CLUSTER.contains(kind)) {
            return Value.of("");
        }
        return metadata().get("namespace") instanceof Unknown unknown
                ? unknown
                : Value.of(Look.text(metadata(), "namespace").orElse("default"));
    }

    /** As {@code namespace/kind/name}, or {@code kind/name} for what belongs to the whole cluster. */
    String address() {
        var name = Look.text(metadata(), "name")
                .or(() -> Look.text(metadata(), "generateName"))
                .orElse("unnamed");
        var namespace = Look.text(namespace()).orElse("?");
        return namespace.isEmpty() ? kind + "/" + name : namespace + "/" + kind + "/" + name;
    }

    private Value.Mapping metadata() {
        return Look.mapping(attributes, "metadata");
    }
}
