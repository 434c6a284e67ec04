package dev.stepzero.scan.kubernetes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The resource types of Terraform's Kubernetes provider and what of the API they make. A type ends in the version of the
 * API that it speaks ({@code kubernetes_cron_job_v1}) or, in its older form, in none.
 *
 * @see <a href="https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs">its documentation</a>
 */
final class ProviderKinds {
    private static final String PREFIX = "kubernetes_";
    private static final String ROLES = "rbac.authorization.k8s.io/v1";
    private static final Map<String, Made> BY_TYPE = new HashMap<>();

    static {
        core("pod", "Pod");
        core("replication_controller", "ReplicationController");
        core("service", "Service");
        core("service_account", "ServiceAccount");
        core("default_service_account", "ServiceAccount");
        core("namespace", "Namespace");
        core("secret", "Secret");
        core("config_map", "ConfigMap");
        core("limit_range", "LimitRange");
        core("resource_quota", "ResourceQuota");
        core("endpoints", "Endpoints");
        core("persistent_volume", "PersistentVolume");
        core("persistent_volume_claim", "PersistentVolumeClaim");
        both("deployment", "Deployment", "apps/v1");
        both("stateful_set", "StatefulSet", "apps/v1");
        make("daemonset", "DaemonSet", "apps/v1");
        make("daemon_set_v1", "DaemonSet", "apps/v1");
        both("job", "Job", "batch/v1");
        make("cron_job", "CronJob", "batch/v1beta1");
        make("cron_job_v1", "CronJob", "batch/v1");
        both("role", "Role", ROLES);
        both("cluster_role", "ClusterRole", ROLES);
        both("role_binding", "RoleBinding", ROLES);
        both("cluster_role_binding", "ClusterRoleBinding", ROLES);
        make("ingress", "Ingress", "networking.k8s.io/v1beta1");
        make("ingress_v1", "Ingress", "networking.k8s.io/v1");
        both("ingress_class", "IngressClass", "networking.k8s.io/v1");
        both("network_policy", "NetworkPolicy", "networking.k8s.io/v1");
        make("pod_security_policy", "PodSecurityPolicy", "policy/v1beta1");
        make("pod_security_policy_v1beta1", "PodSecurityPolicy", "policy/v1beta1");
        make("pod_disruption_budget", "PodDisruptionBudget", "policy/v1beta1");
        make("pod_disruption_budget_v1", "PodDisruptionBudget", "policy/v1");
        both("horizontal_pod_autoscaler", "HorizontalPodAutoscaler", "autoscaling/v1");
        make("horizontal_pod_autoscaler_v2beta2", "HorizontalPodAutoscaler", "autoscaling/v2beta2");
        make("horizontal_pod_autoscaler_v2", "HorizontalPodAutoscaler", "autoscaling/v2");
        both("priority_class", "PriorityClass", "scheduling.k8s.io/v1");
        both("storage_class", "StorageClass", "storage.k8s.io/v1");
        both("mutating_webhook_configuration", "MutatingWebhookConfiguration", "admissionregistration.k8s.io/v1");
        both("validating_webhook_configuration", "ValidatingWebhookConfiguration", "admissionregistration.k8s.io/v1");
    }

    private ProviderKinds() {}

    /** A kind of the API. */
    record Made(String kind, String apiVersion) {}

    private static void core(String type, String kind) {
        both(type, kind, "v1");
    }

    private static void both(String type, String kind, String apiVersion) {
        make(type, kind, apiVersion);
        make(type + "_v1", kind, apiVersion);
    }

    private static void make(String type, String kind, String apiVersion) {
        BY_TYPE.put(PREFIX + type, new Made(kind, apiVersion));
    }

    static Optional<Made> of(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }
}
