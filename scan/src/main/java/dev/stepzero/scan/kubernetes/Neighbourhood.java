package dev.stepzero.scan.kubernetes;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What of the same manifests bears on a workload, found by name once, so that a rule need not search for it. */
final class Neighbourhood {
    private final Map<String, ManifestObject> serviceAccounts = new HashMap<>();
    private final Map<Value, List<Located>> networkPolicies = new HashMap<>();

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
    void addTo(Map<String, Located> workload, Value.Mapping pod, Value namespace) {
        account(pod, namespace).ifPresent(account -> workload.put("service_account", account));
        if (!networkPolicies.isEmpty()) {
            workload.put("network_policies", Located.nowhere(policies(namespace)));
        }
    }

    private Optional<Located> account(Value.Mapping pod, Value namespace) {
        var name = pod.get("serviceAccountName");
        if (serviceAccounts.isEmpty()) {
            return Optional.empty();
        }
        if (name instanceof Unknown || namespace instanceof Unknown) {
            return Optional.of(Located.nowhere(name instanceof Unknown ? name : namespace));
        }
        var account = Look.text(name).orElse("default");
        return Optional.ofNullable(serviceAccounts.get(Look.text(namespace).orElse("") + "/ServiceAccount/" + account))
                .map(found -> new Located(found.attributes(), found.position()));
    }

    /** Those of a namespace; unknown where others may be its own, since their namespace cannot be told. */
    private Value policies(Value namespace) {
        var own = networkPolicies.get(namespace);
        if (own != null) {
            return new Value.Sequence(own);
        }
        if (namespace instanceof Unknown) {
            return namespace;
        }
        return networkPolicies.keySet().stream()
                .filter(Unknown.class::isInstance)
                .findFirst()
                .orElse(Value.Sequence.EMPTY);
    }
}
