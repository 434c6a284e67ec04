package dev.stepzero.scan.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Format;
import dev.stepzero.scan.iac.ReadTree;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesReaderTest {
    @TempDir
    Path root;

    @Test
    void everyDocumentIsAnObjectWithItsAddress() throws Exception {
        var tree = new ReadTree(root).with("all.yaml", """
                        # Source: web/templates/service.yaml
                        apiVersion: v1
                        kind: Service
                        metadata: {name: web, namespace: shop}
                        ---
                        apiVersion: rbac.authorization.k8s.io/v1
                        kind: ClusterRole
                        metadata: {name: reader}
                        """).readBy(new KubernetesReader());

        assertThat(tree.addresses()).containsExactly("Service shop/Service/web", "ClusterRole ClusterRole/reader");
        assertThat(tree.all().getFirst().position().line()).isEqualTo(2);
        assertThat(tree.all().getFirst().origin().format()).isEqualTo(Format.KUBERNETES);
    }

    @Test
    void theManifestsOfATreeAreOneConfiguration() throws Exception {
        var tree = new ReadTree(root)
                .with("a/one.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n")
                .with(
                        "b/two.json",
                        "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"b\"}}")
                .readBy(new KubernetesReader());

        assertThat(tree.configurations()).hasSize(1);
        assertThat(tree.addresses()).containsExactly("Namespace Namespace/a", "Namespace Namespace/b");
    }

    @Test
    void theItemsOfAListAreObjects() throws Exception {
        var tree = new ReadTree(root).with("list.yaml", """
                        apiVersion: v1
                        kind: List
                        items:
                          - {apiVersion: v1, kind: Secret, metadata: {name: one}}
                          - apiVersion: rbac.authorization.k8s.io/v1
                            kind: RoleList
                            items:
                              - metadata: {name: two}
                        """).readBy(new KubernetesReader());

        assertThat(tree.addresses()).containsExactly("Secret default/Secret/one", "Role default/Role/two");
    }

    @Test
    void anObjectThatComesTwiceGetsANumber() throws Exception {
        var text = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n";

        var tree = new ReadTree(root)
                .with("dev/s.yaml", text)
                .with("prod/s.yaml", text)
                .readBy(new KubernetesReader());

        assertThat(tree.addresses()).containsExactly("Secret default/Secret/s", "Secret default/Secret/s#2");
    }

    @Test
    void aChartsTemplateIsSkippedWithAReason() throws Exception {
        var tree = new ReadTree(root)
                .with("chart/Chart.yaml", "apiVersion: v2\nname: web\n")
                .with("chart/templates/pod.yaml", """
                        apiVersion: v1
                        kind: Pod
                        metadata:
                          name: "{{ .Values.name }}"
                        """)
                .readBy(new KubernetesReader());

        assertThat(tree.addresses()).isEmpty();
        assertThat(tree.reasons())
                .containsEntry("chart/templates/pod.yaml", "a Helm template: scan what `helm template` renders");
        assertThat(tree.problems()).isEmpty();
    }

    @Test
    void aTemplateOutsideOfAChartIsSkippedWithAReason() throws Exception {
        var tree = new ReadTree(root)
                .with("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ name }}\n")
                .readBy(new KubernetesReader());

        assertThat(tree.reasons()).containsKey("pod.yaml");
        assertThat(tree.problems()).isEmpty();
    }

    @Test
    void bracesInAQuotedTextAreNoTemplate() throws Exception {
        var tree = new ReadTree(root)
                .with(
                        "map.yaml",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata: {a: \"{{ $labels.pod }}\"}\n")
                .readBy(new KubernetesReader());

        assertThat(tree.addresses()).containsExactly("ConfigMap default/ConfigMap/m");
    }

    @Test
    void aKustomizationAndItsPatchesAreSkipped() throws Exception {
        var service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n";

        var tree = new ReadTree(root)
                .with("base/kustomization.yaml", "resources: [web.yaml]\n")
                .with("base/web.yaml", service)
                .with("prod/kustomization.yaml", "resources: [../base]\npatches: [{path: ./more.yaml}]\n")
                .with("prod/more.yaml", service + "spec: {type: NodePort}\n")
                .readBy(new KubernetesReader());

        assertThat(tree.addresses()).containsExactly("Service default/Service/web");
        assertThat(tree.reasons()).containsKeys("base/kustomization.yaml", "prod/kustomization.yaml", "prod/more.yaml");
    }

    @Test
    void aBrokenDocumentIsAProblemAndTheOthersAreRead() throws Exception {
        var tree = new ReadTree(root).with("two.yaml", """
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: good}
                        ---
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: bad
                        """).readBy(new KubernetesReader());

        assertThat(tree.addresses()).containsExactly("Secret default/Secret/good");
        assertThat(tree.problems()).hasSize(1).first().asString().startsWith("two.yaml:");
    }

    @Test
    void otherYamlAndJsonIsLeftAlone() throws Exception {
        var tree = new ReadTree(root)
                .with("values.yaml", "kind: x\nname: y\n")
                .with("package.json", "{\"name\": \"kind\"")
                .with("words.yaml", "text: about apiVersion and kind\n")
                .readBy(new KubernetesReader());

        assertThat(tree.addresses()).isEmpty();
        assertThat(tree.problems()).isEmpty();
    }

    @Test
    void deepNestingIsAProblemAndNoCrash() throws Exception {
        var tree = new ReadTree(root)
                .with("deep.yaml", "apiVersion: v1\nkind: Pod\nspec: " + "[".repeat(50_000) + "\n")
                .with("good.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n")
                .readBy(new KubernetesReader());

        assertThat(tree.addresses()).containsExactly("Secret default/Secret/s");
        assertThat(tree.problems()).hasSize(1);
    }

    @Test
    void aKeyThatStandsTwiceIsReported() throws Exception {
        var tree = new ReadTree(root)
                .with("s.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: a, name: b}\n")
                .readBy(new KubernetesReader());

        assertThat(tree.addresses()).containsExactly("Secret default/Secret/b");
        assertThat(tree.problems())
                .containsExactly("s.yaml:3 the key name stands twice in one object, and only the last one counts");
    }
}
