package dev.stepzero.scan.kubernetes;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What of the same manifests bears on a workload, found by name once, so that a rule need not search for it. */
final class Neighbourhood {
    private final Map<String, ManifestObject> serviceAccounts = new HashMap<>();
    private final Map<String, List<Located>> networkPolicies = new HashMap<>();

    Neighbourhood(List<ManifestObject> objects) {
        for (var object : objects) {
            switch (object.kind()) {
                case "ServiceAccount" -> serviceAccounts.putIfAbsent(object.address(), object);
                case "NetworkPolicy" ->
                    networkPolicies
                            .computeIfAbsent(object.namespace(), namespace -> new ArrayList<>())
                            .add(new Located(object.attributes(), object.position()));
                default -> {}
            }
        }
    }

    /** Adds the account that the pod runs under, and the policies of its namespace where any namespace has some. */
    void addTo(Map<String, Located> workload, Value.Mapping pod, String namespace) {
        var account = Look.text(pod, "serviceAccountName").orElse("default");
        var found = serviceAccounts.get(namespace + "/ServiceAccount/" + account);
        if (found != null) {
            workload.put("service_account", new Located(found.attributes(), found.position()));
        }
        if (!networkPolicies.isEmpty()) {
            var policies = networkPolicies.getOrDefault(namespace, List.of());
            workload.put("network_policies", Located.nowhere(new Value.Sequence(policies)));
        }
    }
}
