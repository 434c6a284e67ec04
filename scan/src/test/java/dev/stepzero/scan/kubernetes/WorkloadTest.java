package dev.stepzero.scan.kubernetes;

import static dev.stepzero.scan.iac.ReadTree.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.iac.ReadTree;
import dev.stepzero.scan.manifest.Look;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "Rollout"
            })
    void whatHasATemplateIsAWorkload(String kind) throws Exception {
        var tree = read("""
                apiVersion: apps/v1
                kind: %s
                metadata: {name: web, namespace: shop}
                spec:
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: a, image: nginx}]}
                """.formatted(kind));

        var workload = tree.only("workload");

        assertThat(workload.address()).isEqualTo("shop/" + kind + "/web");
        assertThat(plain(workload.attributes().get("kind"))).isEqualTo(kind);
        assertThat(plain(workload.attributes().get("namespace"))).isEqualTo("shop");
        assertThat(plain(workload.attributes().get("pod_metadata"))).isEqualTo(Map.of("labels", Map.of("app", "web")));
    }

    @Test
    void aCronJobHasItsPodTwoTemplatesDeep() throws Exception {
        var tree = read("""
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: nightly}
                spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: a}]}}}}}
                """);

        assertThat(containers(tree)).hasSize(1);
    }

    @Test
    void allContainersAreThereWithTheirType() throws Exception {
        var tree = read("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec:
                  containers: [{name: a}]
                  initContainers: [{name: b}]
                  ephemeralContainers: [{name: c}]
                """);

        assertThat(containers(tree))
                .extracting(container -> plain(container.get("container_type")))
                .containsExactly("container", "init", "ephemeral");
    }

    @Test
    void aContainersOwnSettingGoesBeforeThePods() throws Exception {
        var tree = read("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec:
                  securityContext: {runAsUser: 1, runAsGroup: 2, fsGroup: 3}
                  containers: [{name: a, securityContext: {runAsUser: 4, privileged: true}}]
                """);

        assertThat(plain(containers(tree).getFirst().get("effective")))
                .isEqualTo(Map.of("runAsUser", 4, "runAsGroup", 2, "privileged", true));
    }

    @Test
    void anInheritedSettingPointsAtThePod() throws Exception {
        var tree = read("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec:
                  securityContext:
                    runAsUser: 0
                  containers: [{name: a}]
                """);

        var user = Look.mapping(containers(tree).getFirst(), "effective").entry("runAsUser");

        assertThat(user.map(Located::position).orElseThrow().line()).isEqualTo(6);
    }

    @Test
    void theOldAnnotationsCountAsProfiles() throws Exception {
        var tree = read("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: p
                  annotations:
                    seccomp.security.alpha.kubernetes.io/pod: docker/default
                    container.apparmor.security.beta.kubernetes.io/a: localhost/strict
                spec: {containers: [{name: a}]}
                """);

        assertThat(plain(containers(tree).getFirst().get("effective")))
                .isEqualTo(Map.of(
                        "seccompProfile",
                        Map.of("type", "RuntimeDefault"),
                        "appArmorProfile",
                        Map.of("type", "Localhost", "localhostProfile", "strict")));
    }

    @Test
    void aCommandLineIsToldApartIntoOptionsAndWords() throws Exception {
        var tree = read("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec:
                  containers:
                    - name: a
                      command: [/usr/bin/kube-apiserver, --profiling=false, --secure-port, "6443", --verbose]
                      args: ["sh -c 'kubelet --read-only-port=0'"]
                """);

        var container = containers(tree).getFirst();

        assertThat(plain(container.get("words"))).isEqualTo(List.of("kube-apiserver", "-c", "'kubelet"));
        assertThat(plain(container.get("flags")))
                .isEqualTo(
                        Map.of("profiling", "false", "secure-port", "6443", "verbose", "sh", "read-only-port", "0'"));
    }

    @Test
    void theNameOfAnImageIsTakenApart() throws Exception {
        var tree = read("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec: {containers: [{name: a, image: "ghcr.io/team/app:v1"}]}
                """);

        var container = containers(tree).getFirst();

        assertThat(plain(container.get("image_registry"))).isEqualTo("ghcr.io");
        assertThat(plain(container.get("image_tag"))).isEqualTo("v1");
        assertThat(plain(container.get("image_digest"))).isEqualTo("<absent>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "[]", "null", "[containers: []]"})
    void aSpecThatIsNoObjectIsAProblem(String spec) throws Exception {
        var tree = read("apiVersion: v1\nkind: Pod\nmetadata: 3\nspec: " + spec + "\n");

        assertThat(tree.problems()).containsExactly("x.yaml:1 the Pod has no pod in its spec that can be read");
        assertThat(tree.addresses()).containsExactly("Pod default/Pod/unnamed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{containers: 3}", "{containers: [3, null]}", "{template: 3}"})
    void containersOfAnotherShapeAreNone(String spec) throws Exception {
        var tree = read("apiVersion: v1\nkind: Pod\nmetadata: 3\nspec: " + spec + "\n");

        assertThat(containers(tree)).isEmpty();
    }

    @Test
    void aWorkloadHasItsServiceAccountAndThePoliciesOfItsNamespace() throws Exception {
        var tree = read("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p, namespace: shop}
                spec: {serviceAccountName: web, containers: [{name: a}]}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: web, namespace: shop}
                automountServiceAccountToken: false
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: elsewhere, namespace: other}
                """);

        var workload = tree.only("workload").attributes();

        assertThat(plain(Look.mapping(workload, "service_account").get("automountServiceAccountToken")))
                .isEqualTo(false);
        assertThat(plain(workload.get("network_policies"))).isEqualTo(List.of());
    }

    private ReadTree read(String text) throws InterruptedException {
        return new ReadTree(root).with("x.yaml", text).readBy(new KubernetesReader());
    }

    private static List<Value.Mapping> containers(ReadTree tree) {
        return Look.items(tree.only("workload").attributes().get("containers")).stream()
                .map(item -> Look.mapping(item.value()))
                .toList();
    }
}
