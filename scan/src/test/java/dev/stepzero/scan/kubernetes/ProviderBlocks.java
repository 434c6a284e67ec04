package dev.stepzero.scan.kubernetes;

import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes an object of the API as the resource of Terraform's Kubernetes provider that makes it, for twins in tests. */
final class ProviderBlocks {
    private static final Set<String> MAPS = Set.of(
            "labels",
            "annotations",
            "matchLabels",
            "nodeSelector",
            "data",
            "stringData",
            "limits",
            "requests",
            "parameters");

    private static final Map<String, String> SINGULAR = Map.ofEntries(
            Map.entry("containers", "container"),
            Map.entry("initContainers", "init_container"),
            Map.entry("volumes", "volume"),
            Map.entry("volumeMounts", "volume_mount"),
            Map.entry("tolerations", "toleration"),
            Map.entry("topologySpreadConstraints", "topology_spread_constraint"),
            Map.entry("sysctls", "sysctl"),
            Map.entry("rules", "rule"),
            Map.entry("subjects", "subject"),
            Map.entry("paths", "path"),
            Map.entry("webhooks", "webhook"),
            Map.entry("ranges", "range"));

    private final StringBuilder text = new StringBuilder();
    private final String kind;

    private ProviderBlocks(String kind) {
        this.kind = kind;
    }

    /** Empty for what the provider has no resource or no block for. */
    static Optional<String> of(Value.Mapping object, int number) {
        var kind = Look.text(object, "kind").orElse("");
        var type = "kubernetes_" + (kind.equals("DaemonSet") ? "daemonset" : snake(kind));
        var made = ProviderKinds.of(type);
        var version = Look.text(object, "apiVersion").orElse("");
        if (made.isPresent() && !made.get().apiVersion().equals(version)) {
            type += "_v1";
            made = ProviderKinds.of(type);
        }
        if (made.isEmpty() || !made.get().apiVersion().equals(version)) {
            return Optional.empty();
        }
        var blocks = new ProviderBlocks(kind);
        blocks.text.append("resource \"%s\" \"r%d\" {\n".formatted(type, number));
        object.entries().forEach((name, held) -> {
            if (!name.equals("kind") && !name.equals("apiVersion")) {
                blocks.field(name, held.value());
            }
        });
        return Optional.of(blocks.text.append("}\n").toString());
    }

    private void field(String name, Value value) {
        switch (value) {
            case Value.Absent _ -> {}
            case Value.Mapping map
            when MAPS.contains(name) || (name.equals("selector") && kind.equals("Service")) ->
                line(named(name), map(map));
            case Value.Mapping map -> block(snake(name), map);
            case Value.Sequence(var items)
            when items.stream().anyMatch(item -> item.value() instanceof Value.Mapping) ->
                items.forEach(item -> block(repeated(name), Look.mapping(item.value())));
            default -> line(snake(name), literal(value));
        }
    }

    private String named(String name) {
        return kind.equals("Secret") && name.equals("stringData")
                ? "data"
                : kind.equals("Secret") && name.equals("data") ? "binary_data" : snake(name);
    }

    private String repeated(String name) {
        return name.equals("ports") && !kind.equals("NetworkPolicy")
                ? "port"
                : SINGULAR.getOrDefault(name, snake(name));
    }

    private void block(String name, Value.Mapping map) {
        text.append(name).append(" {\n");
        map.entries().forEach((inner, held) -> field(inner, held.value()));
        text.append("}\n");
    }

    private void line(String name, String value) {
        text.append(name).append(" = ").append(value).append('\n');
    }

    private static String map(Value.Mapping map) {
        return map.entries().entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + " = "
                        + literal(entry.getValue().value()))
                .collect(Collectors.joining("\n", "{\n", "\n}"));
    }

    private static String literal(Value value) {
        return switch (value) {
            case Value.Text(var written) -> quoted(written);
            case Value.Sequence(var items) ->
                items.stream().map(item -> literal(item.value())).collect(Collectors.joining(", ", "[", "]"));
            case Value.Mapping map -> map(map);
            default -> Look.text(value).orElse("null");
        };
    }

    private static String quoted(String written) {
        return '"'
                + written.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("${", "$${")
                        .replace("%{", "%%{")
                + '"';
    }

    private static String snake(String name) {
        return name.replace("provisioner", "storageProvisioner")
                .replaceAll("URLs$", "Urls")
                .replaceAll("IPs$", "Ips")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(java.util.Locale.ROOT);
    }
}
