package dev.stepzero.scan.kubernetes;

import dev.stepzero.core.resource.Resources;
import dev.stepzero.scan.iac.Configuration;
import dev.stepzero.scan.iac.ResourceReader;
import dev.stepzero.scan.manifest.Documents;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import dev.stepzero.scan.yaml.Dialect;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads Kubernetes manifests: several documents a file, lists, and what Helm and Kustomize render. All manifests of a tree
 * are one configuration, since they are usually applied together. A chart's templates are no manifests yet and are
 * skipped with a reason.
 */
public final class KubernetesReader implements ResourceReader {
    @Override
    public List<Configuration> read(TreeFiles files, Intake intake) {
        var manifests = files.all().stream().filter(KubernetesReader::mayBe).toList();
        if (manifests.isEmpty()) {
            return List.of();
        }
        var kustomizations = Kustomizations.of(manifests, intake);
        var objects = new ArrayList<ManifestObject>();
        manifests.parallelStream()
                .filter(file -> !kustomizations.takes(file, intake))
                .map(file -> read(file, files, intake))
                .forEachOrdered(objects::addAll);
        var resources = ObjectResources.of(objects, intake);
        return resources.isEmpty() ? List.of() : List.of(new Configuration("kubernetes", new Resources(resources)));
    }

    private static boolean mayBe(TreeFile file) {
        var path = file.path();
        return path.endsWith(".yaml") || path.endsWith(".yml") || path.endsWith(".json");
    }

    private static List<ManifestObject> read(TreeFile file, TreeFiles files, Intake intake) {
        String text;
        try {
            text = file.text();
        } catch (TreeFile.UnreadableFile e) {
            if (!file.path().endsWith(".json")) {
                intake.unreadable(file.path(), String.valueOf(e.getMessage()));
            }
            return List.of();
        }
        if (!text.contains("apiVersion") || !text.contains("kind")) {
            return List.of();
        }
        boolean braces = text.contains("{{");
        if (braces && HelmChart.hasTemplate(file, files)) {
            intake.skipped(file.path(), "a Helm template: scan what `helm template` renders");
            return List.of();
        }
        return objects(file, text, braces || text.contains("{%"), intake);
    }

    private static List<ManifestObject> objects(TreeFile file, String text, boolean braces, Intake intake) {
        var documents = Documents.of(file, text, Dialect.YAML_1_1);
        var found = new ArrayList<ManifestObject>();
        documents.all().forEach(document -> ManifestObject.gather(document.root(), found));
        if (!documents.broken().isEmpty() && braces) {
            intake.skipped(file.path(), "a template that is no YAML yet, at least in parts: scan what it renders");
        } else if (!found.isEmpty() || looksLikeManifest(text)) {
            documents.report(intake);
        }
        if (!found.isEmpty()) {
            intake.parsed(file.path());
        }
        return found;
    }

    /** Whether a broken file was meant for us: another reader's file mentions the words somewhere deeper. */
    private static boolean looksLikeManifest(String text) {
        return text.stripLeading().startsWith("{")
                ? text.contains("\"apiVersion\"") && text.contains("\"kind\"")
                : beginsLine(text, "apiVersion:") && beginsLine(text, "kind:");
    }

    private static boolean beginsLine(String text, String words) {
        return text.startsWith(words) || text.contains("\n" + words);
    }
}
