package dev.stepzero.scan.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.rules.Catalog;
import dev.stepzero.rules.Judge;
import dev.stepzero.rules.RuleFile;
import dev.stepzero.rules.Rulebook;
import dev.stepzero.scan.iac.Configuration;
import dev.stepzero.scan.iac.ReadTree;
import dev.stepzero.scan.manifest.Look;
import dev.stepzero.scan.terraform.TerraformReader;
import dev.stepzero.scan.yaml.LocatedYaml;
import dev.stepzero.scan.yaml.MalformedYaml;
import dev.stepzero.scan.yaml.TagReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example of the Kubernetes rules, written anew in Terraform's blocks, is judged as the manifest is. */
class ProviderTwinsTest {
    @TempDir
    Path root;

    @Test
    void aRuleSaysTheSameOfAManifestAndOfTheResourceThatMakesIt() throws Exception {
        var rules = Catalog.read(Path.of("../rules/catalog/kubernetes")).stream()
                .collect(Collectors.toMap(each -> each.rule().id(), Function.identity()));
        var tree = new ReadTree(root);
        for (var source : rules.values()) {
            var examples = source.examples().get("kubernetes");
            if (examples != null) {
                write(examples.bad(), source.rule().id() + "/bad/", tree);
                write(examples.good(), source.rule().id() + "/good/", tree);
            }
        }

        var twins = tree.readBy(new TerraformReader()).configurations();

        assertThat(twins).hasSizeGreaterThan(300);
        assertThat(tree.problems()).isEmpty();
        assertThat(twins).filteredOn(twin -> differs(twin, rules)).isEmpty();
    }

    private static boolean differs(Configuration twin, Map<String, RuleFile.Source> rules) {
        var rule = rules.get(twin.name().substring(0, twin.name().indexOf('/'))).rule();
        var judgement = new Judge(Rulebook.of(List.of(rule))).judge(twin.resources());
        return judgement.findings().isEmpty() == twin.name().contains("/bad/");
    }

    private static void write(List<String> manifests, String path, ReadTree tree) throws MalformedYaml {
        for (int i = 0; i < manifests.size(); i++) {
            var twin = twin(manifests.get(i));
            if (!twin.isEmpty()) {
                tree.with(path + i + "/main.tf", String.join("\n", twin));
            }
        }
    }

    /** Empty where the provider has no words for an object of the manifest. */
    private static List<String> twin(String manifest) throws MalformedYaml {
        var twin = new ArrayList<String>();
        if (!manifest.contains("ephemeralContainers")) {
            for (var document : LocatedYaml.read("manifest.yaml", manifest, TagReader.NONE)) {
                var blocks = ProviderBlocks.of(Look.mapping(document.root().value()), twin.size());
                if (blocks.isEmpty()) {
                    return List.of();
                }
                twin.add(blocks.get());
            }
        }
        return twin;
    }
}
