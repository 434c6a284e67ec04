package dev.stepzero.scan.kubernetes;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How Terraform's Kubernetes provider spells the API: in snake case, with a block for every object, and with as many blocks
 * of one name as a list has items. Positions stay those of the blocks.
 */
final class ProviderSchema {
    /** Blocks that are the items of a list, and what the API calls the list. */
    private static final Map<String, String> LISTS = Map.ofEntries(
            Map.entry("container", "containers"),
            Map.entry("init_container", "initContainers"),
            Map.entry("volume", "volumes"),
            Map.entry("volume_mount", "volumeMounts"),
            Map.entry("volume_device", "volumeDevices"),
            Map.entry("env", "env"),
            Map.entry("env_from", "envFrom"),
            Map.entry("port", "ports"),
            Map.entry("ports", "ports"),
            Map.entry("path", "paths"),
            Map.entry("items", "items"),
            Map.entry("sources", "sources"),
            Map.entry("toleration", "tolerations"),
            Map.entry("host_aliases", "hostAliases"),
            Map.entry("image_pull_secrets", "imagePullSecrets"),
            Map.entry("image_pull_secret", "imagePullSecrets"),
            Map.entry("readiness_gate", "readinessGates"),
            Map.entry("topology_spread_constraint", "topologySpreadConstraints"),
            Map.entry("sysctl", "sysctls"),
            Map.entry("option", "options"),
            Map.entry("http_header", "httpHeaders"),
            Map.entry("volume_claim_template", "volumeClaimTemplates"),
            Map.entry("match_expressions", "matchExpressions"),
            Map.entry("match_fields", "matchFields"),
            Map.entry("node_selector_term", "nodeSelectorTerms"),
            Map.entry(
                    "preferred_during_scheduling_ignored_during_execution",
                    "preferredDuringSchedulingIgnoredDuringExecution"),
            Map.entry("rule", "rules"),
            Map.entry("tls", "tls"),
            Map.entry("ingress", "ingress"),
            Map.entry("egress", "egress"),
            Map.entry("from", "from"),
            Map.entry("to", "to"),
            Map.entry("subject", "subjects"),
            Map.entry("cluster_role_selectors", "clusterRoleSelectors"),
            Map.entry("metric", "metrics"),
            Map.entry("webhook", "webhooks"),
            Map.entry("subset", "subsets"),
            Map.entry("address", "addresses"),
            Map.entry("range", "ranges"),
            Map.entry("allowed_flex_volumes", "allowedFlexVolumes"),
            Map.entry("allowed_host_paths", "allowedHostPaths"),
            Map.entry("host_ports", "hostPorts"),
            Map.entry("limit", "limits"));

    /** Maps, whose keys are the user's own. */
    private static final Set<String> MAPS = Set.of(
            "labels",
            "annotations",
            "match_labels",
            "node_selector",
            "selector",
            "data",
            "binary_data",
            "limits",
            "requests",
            "default",
            "default_request",
            "max_limit_request_ratio",
            "hard",
            "parameters",
            "volume_attributes");

    /** Names that are more than their words in camel case. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("host_ip", "hostIP"),
            Map.entry("host_ipc", "hostIPC"),
            Map.entry("host_pid", "hostPID"),
            Map.entry("cluster_ip", "clusterIP"),
            Map.entry("cluster_ips", "clusterIPs"),
            Map.entry("external_ips", "externalIPs"),
            Map.entry("load_balancer_ip", "loadBalancerIP"),
            Map.entry("allowed_unsafe_sysctls", "allowedUnsafeSysctls"),
            Map.entry("non_resource_urls", "nonResourceURLs"),
            Map.entry("run_as_username", "runAsUserName"),
            Map.entry("downward_api", "downwardAPI"),
            Map.entry("volume_id", "volumeID"),
            Map.entry("storage_provisioner", "provisioner"),
            Map.entry("ceph_fs", "cephfs"));

    private ProviderSchema() {}

    /** A block with all in it. */
    static Value.Mapping object(Value.Mapping block, String parent) {
        var fields = new LinkedHashMap<String, Located>(block.entries().size() * 2);
        block.entries().forEach((name, held) -> {
            if (name.equals("persistent_volume_source")) {
                fields.putAll(Look.mapping(single(held, name).value()).entries());
            } else {
                field(name, held, parent, fields);
            }
        });
        return new Value.Mapping(fields);
    }

    private static void field(String name, Located held, String parent, Map<String, Located> fields) {
        if (MAPS.contains(name) && !isSelector(name, held)) {
            fields.put(camel(name), map(held));
        } else if (isScalarOrList(held.value())) {
            fields.put(camel(name), held);
        } else if (isList(name, parent)) {
            fields.put(LISTS.getOrDefault(name, camel(name)), list(held, name));
        } else {
            fields.put(camel(name), single(held, name));
        }
    }

    /** Of a service it is a map of labels, elsewhere a block. */
    private static boolean isSelector(String name, Located held) {
        return name.equals("selector") && held.value() instanceof Value.Sequence;
    }

    private static boolean isScalarOrList(Value value) {
        return switch (value) {
            case Value.Mapping _ -> false;
            case Value.Sequence(var items) ->
                !items.isEmpty() && items.stream().noneMatch(item -> item.value() instanceof Value.Mapping);
            default -> true;
        };
    }

    private static boolean isList(String name, String parent) {
        return switch (name) {
            // The port of an ingress's backend is one object; affinity between pods has a list where that to nodes has
            // none.
            case "port" -> !parent.equals("service");
            case "required_during_scheduling_ignored_during_execution" -> !parent.equals("node_affinity");
            case "secret" -> parent.isEmpty();
            default -> LISTS.containsKey(name);
        };
    }

    /** A map that older configuration writes as a block. */
    private static Located map(Located held) {
        return held.value() instanceof Value.Sequence(var items) && !items.isEmpty() ? items.getFirst() : held;
    }

    private static Located list(Located held, String name) {
        var items = new ArrayList<Located>();
        for (var block : blocks(held)) {
            items.add(
                    block.value() instanceof Value.Mapping map
                            ? new Located(object(map, name), block.position())
                            : block);
        }
        return new Located(new Value.Sequence(items), held.position());
    }

    private static Located single(Located held, String name) {
        var blocks = blocks(held);
        if (blocks.isEmpty()) {
            return new Located(Value.ABSENT, held.position());
        }
        var first = blocks.getFirst();
        if (!(first.value() instanceof Value.Mapping block)) {
            return first;
        }
        var object = object(block, name);
        // The template of a replication controller was the pod's spec itself once.
        return name.equals("template") && object.entry("spec").isEmpty()
                ? new Located(
                        new Value.Mapping(Map.of("spec", new Located(object, first.position()))), first.position())
                : new Located(object, first.position());
    }

    /** In JSON, a block that stands alone is no list. */
    private static List<Located> blocks(Located held) {
        return held.value() instanceof Value.Sequence(var items) ? items : List.of(held);
    }

    private static String camel(String name) {
        var known = NAMES.get(name);
        if (known != null) {
            return known;
        }
        var camel = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '_' && i + 1 < name.length()) {
                i++;
                camel.append(Character.toUpperCase(name.charAt(i)));
            } else {
                camel.append(name.charAt(i));
            }
        }
        return camel.toString();
    }
}
