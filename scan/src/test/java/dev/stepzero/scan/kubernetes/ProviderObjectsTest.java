package dev.stepzero.scan.kubernetes;

import static dev.stepzero.scan.iac.ReadTree.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.iac.ReadTree;
import dev.stepzero.scan.iac.ResourceReader;
import dev.stepzero.scan.manifest.Look;
import dev.stepzero.scan.terraform.TerraformReader;
import dev.stepzero.scan.terraform.plan.PlanReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderObjectsTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({
        "kubernetes_deployment, Deployment, apps/v1",
        "kubernetes_deployment_v1, Deployment, apps/v1",
        "kubernetes_stateful_set, StatefulSet, apps/v1",
        "kubernetes_daemonset, DaemonSet, apps/v1",
        "kubernetes_daemon_set_v1, DaemonSet, apps/v1",
        "kubernetes_job, Job, batch/v1",
        "kubernetes_replication_controller, ReplicationController, v1"
    })
    void aResourceIsTheObjectThatItMakesWithItsWorkload(String type, String kind, String version) throws Exception {
        var tree = read("main.tf", """
                resource "%s" "web" {
                  metadata {
                    name      = "web"
                    namespace = "shop"
                  }
                  spec {
                    template {
                      metadata {
                        labels = { "app.kubernetes.io/part_of" = "shop" }
                      }
                      spec {
                        host_pid = true
                        init_container {
                          name = "prepare"
                        }
                        container {
                          name = "web"
                          env {
                            name = "A"
                            value_from {
                              secret_key_ref { key = "k" }
                            }
                          }
                          port {
                            container_port = 80
                            host_port      = 80
                          }
                          security_context {
                            read_only_root_filesystem = true
                            capabilities { drop = ["ALL"] }
                          }
                        }
                      }
                    }
                  }
                }
                """.formatted(type));

        assertThat(tree.addresses()).containsExactly(kind + " " + type + ".web", "workload " + type + ".web");
        assertThat(plain(tree.only(kind).attributes().get("apiVersion"))).isEqualTo(version);
        var workload = tree.only("workload").attributes();
        assertThat(plain(workload.get("namespace"))).isEqualTo("shop");
        assertThat(plain(workload.get("pod_metadata")))
                .isEqualTo(Map.of("labels", Map.of("app.kubernetes.io/part_of", "shop")));
        assertThat(plain(Look.mapping(workload, "pod").get("hostPID"))).isEqualTo(true);
        var containers = Look.items(workload.get("containers"));
        assertThat(containers).hasSize(2);
        var container = Look.mapping(containers.getFirst().value());
        assertThat(plain(container.get("env")))
                .isEqualTo(List.of(Map.of("name", "A", "valueFrom", Map.of("secretKeyRef", Map.of("key", "k")))));
        assertThat(plain(container.get("securityContext")))
                .isEqualTo(Map.of("readOnlyRootFilesystem", true, "capabilities", Map.of("drop", List.of("ALL"))));
        assertThat(Look.items(container.get("ports"))).hasSize(1);
    }

    @Test
    void placesAreThoseOfTheBlocks() throws Exception {
        var tree = read("main.tf", """
                resource "kubernetes_pod" "web" {
                  metadata { name = "web" }
                  spec {
                    container {
                      name = "a"
                    }
                    container {
                      name = "b"
                      security_context {
                        privileged = true
                      }
                    }
                  }
                }
                """);

        var containers = Look.items(tree.only("workload").attributes().get("containers"));

        assertThat(containers).extracting(each -> each.position().line()).containsExactly(4, 7);
        assertThat(Look.mapping(containers.get(1).value()).entry("securityContext"))
                .map(Located::position)
                .hasValueSatisfying(position -> {
                    assertThat(position.file()).isEqualTo("main.tf");
                    assertThat(position.line()).isEqualTo(9);
                });
    }

    @Test
    void aManifestIsTakenAsItIs() throws Exception {
        var tree = read("main.tf", """
                locals {
                  name = "shop"
                }
                resource "kubernetes_manifest" "web" {
                  for_each = toset(["a"])
                  manifest = yamldecode(<<-YAML
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: web, namespace: ${local.name}}
                    spec: {template: {spec: {containers: [{name: web}]}}}
                  YAML
                  )
                }
                """);

        var workload = tree.only("workload");

        assertThat(workload.address()).isEqualTo("kubernetes_manifest.web[\"a\"]");
        assertThat(plain(workload.attributes().get("namespace"))).isEqualTo("shop");
        assertThat(workload.position().line()).isEqualTo(4);
    }

    @Test
    void whatCannotBeToldStaysUnknown() throws Exception {
        var tree = read("main.tf", """
                variable "namespace" {}
                variable "args" {}
                variable "port" {}
                variable "context" {}
                resource "kubernetes_service_account" "web" {
                  metadata { name = "web" }
                }
                resource "kubernetes_network_policy" "web" {
                  metadata {
                    name      = "web"
                    namespace = "other"
                  }
                }
                resource "kubernetes_pod" "web" {
                  metadata {
                    name      = "web"
                    namespace = var.namespace
                  }
                  spec {
                    container {
                      name = "a"
                      args = var.args
                    }
                    container {
                      name    = "b"
                      command = ["kube-apiserver", "--profiling=false", "--secure-port=${var.port}"]
                    }
                  }
                }
                resource "kubernetes_manifest" "web" {
                  manifest = {
                    apiVersion = "v1"
                    kind       = "Pod"
                    metadata   = { name = "raw" }
                    spec       = { containers = [{ name = "c", securityContext = var.context }] }
                  }
                }
                resource "kubernetes_manifest" "open" {
                  manifest = var.context
                }
                """);

        var workload = attributes(tree, "kubernetes_pod.web");
        assertThat(workload.get("namespace")).isInstanceOf(Unknown.class);
        assertThat(workload.get("network_policies")).isInstanceOf(Unknown.class);
        assertThat(workload.get("service_account")).isInstanceOf(Unknown.class);
        var containers = Look.items(workload.get("containers"));
        assertThat(Look.mapping(containers.getFirst().value()).get("words")).isInstanceOf(Unknown.class);
        var known = Look.mapping(containers.get(1).value());
        assertThat(plain(known.get("words"))).isEqualTo(List.of("kube-apiserver"));
        assertThat(Look.mapping(known, "flags").get("profiling")).isEqualTo(Value.of("false"));
        assertThat(Look.mapping(known, "flags").get("secure-port")).isInstanceOf(Unknown.class);
        var raw = Look.items(attributes(tree, "kubernetes_manifest.web").get("containers"));
        assertThat(Look.mapping(raw.getFirst().value()).get("effective")).isInstanceOf(Unknown.class);
        assertThat(tree.addresses()).contains("kubernetes_manifest kubernetes_manifest.open");
    }

    @Test
    void aWorkloadFindsItsNeighboursByTheirNames() throws Exception {
        var tree = read("main.tf", """
                resource "kubernetes_namespace" "shop" {
                  metadata { name = "shop" }
                }
                resource "kubernetes_service_account" "web" {
                  metadata {
                    name      = "web"
                    namespace = kubernetes_namespace.shop.metadata[0].name
                  }
                  automount_service_account_token = false
                }
                resource "kubernetes_network_policy_v1" "web" {
                  metadata {
                    name      = "web"
                    namespace = kubernetes_namespace.shop.metadata.0.name
                  }
                  spec {
                    pod_selector {}
                  }
                }
                resource "kubernetes_pod" "web" {
                  metadata {
                    name      = "web"
                    namespace = kubernetes_namespace.shop.metadata[0].name
                  }
                  spec {
                    service_account_name = kubernetes_service_account.web.metadata[0].name
                    container { name = "a" }
                  }
                }
                """);

        var workload = tree.only("workload").attributes();

        assertThat(plain(Look.mapping(workload, "service_account").get("automountServiceAccountToken")))
                .isEqualTo(false);
        assertThat(Look.items(workload.get("network_policies"))).hasSize(1);
    }

    @Test
    void thePlanAndTheJsonSyntaxGiveTheSame() throws Exception {
        var json = read("main.tf.json", """
                {"resource": {"kubernetes_pod": {"web": {
                  "metadata": {"name": "web", "labels": {"part_of": "shop"}},
                  "spec": {"container": {"name": "a", "security_context": {"privileged": true}}}}}}}
                """);
        var plan = read(new PlanReader(), "plan.json", """
                {"format_version": "1.2", "terraform_version": "1.11.0", "resource_changes": [{
                  "address": "kubernetes_pod.web", "mode": "managed", "type": "kubernetes_pod", "name": "web",
                  "change": {"actions": ["create"], "after_unknown": {}, "after": {
                    "metadata": [{"name": "web", "labels": {"part_of": "shop"}}],
                    "spec": [{"container": [{"name": "a", "security_context": [{"privileged": true}]}]}]}}}]}
                """);

        for (var tree : List.of(json, plan)) {
            var workload = tree.only("workload").attributes();
            assertThat(plain(Look.mapping(workload, "metadata").get("labels"))).isEqualTo(Map.of("part_of", "shop"));
            var container = Look.mapping(
                    Look.items(workload.get("containers")).getFirst().value());
            assertThat(plain(container.get("securityContext"))).isEqualTo(Map.of("privileged", true));
        }
    }

    @Test
    void whatTheProviderEncodesItselfIsReadable() throws Exception {
        var tree = read("main.tf", """
                resource "kubernetes_secret_v1" "web" {
                  metadata { name = "web" }
                  data        = { password = "hunter2" }
                  binary_data = { key = "aGk=" }
                }
                """);

        var secret = tree.only("Secret").attributes();

        assertThat(plain(secret.get("stringData"))).isEqualTo(Map.of("password", "hunter2"));
        assertThat(plain(secret.get("data"))).isEqualTo(Map.of("key", "aGk="));
    }

    private static Value.Mapping attributes(ReadTree tree, String workload) {
        return tree.all().stream()
                .filter(each -> each.kind().equals("workload") && each.address().equals(workload))
                .findFirst()
                .orElseThrow()
                .attributes();
    }

    private ReadTree read(String file, String text) throws Exception {
        return read(new TerraformReader(), file, text);
    }

    private ReadTree read(ResourceReader reader, String file, String text) throws Exception {
        return new ReadTree(root.resolve(file + ".d")).with(file, text).readBy(reader);
    }
}
