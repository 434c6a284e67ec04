package dev.stepzero.scan.kubernetes;

import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Documents;
import dev.stepzero.scan.manifest.Look;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.yaml.Dialect;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Kustomize's own files, and those that they name as patches. A patch has the form of an object of which nearly
 * everything is missing: judged alone, it would be blamed for what its base sets.
 */
final class Kustomizations {
    private final Map<String, String> reasons;

    private Kustomizations(Map<String, String> reasons) {
        this.reasons = reasons;
    }

    static Kustomizations of(List<TreeFile> manifests, Intake intake) {
        var reasons = new HashMap<String, String>();
        for (var file : manifests) {
            if (file.name().equals("kustomization.yaml") || file.name().equals("kustomization.yml")) {
                reasons.put(
                        file.path(),
                        "a kustomization: the plain files it names are read; scan what `kustomize build` renders");
                patches(file, reasons, intake);
            }
        }
        return new Kustomizations(reasons);
    }

    private static void patches(TreeFile file, Map<String, String> reasons, Intake intake) {
        try {
            var documents = Documents.of(file, file.text(), Dialect.YAML_1_1);
            documents.report(intake);
            documents.all().forEach(document -> {
                var root = Look.mapping(document.root().value());
                Look.items(root.get("patchesStrategicMerge")).forEach(item -> patch(item.value(), file, reasons));
                for (var name : new String[] {"patches", "patchesJson6902"}) {
                    Look.items(root.get(name))
                            .forEach(item -> patch(Look.mapping(item.value()).get("path"), file, reasons));
                }
            });
        } catch (TreeFile.UnreadableFile e) {
            intake.unreadable(file.path(), String.valueOf(e.getMessage()));
        }
    }

    private static void patch(Value path, TreeFile kustomization, Map<String, String> reasons) {
        Look.text(path).ifPresent(text -> {
            if (!text.contains("\n")) {
                reasons.putIfAbsent(
                        resolve(kustomization.directory(), text),
                        "a patch of " + kustomization.path() + ": scan what `kustomize build` renders");
            }
        });
    }

    /** A path from a directory of the tree; what leaves the tree matches no file in it. */
    private static String resolve(String directory, String path) {
        var parts = new ArrayDeque<String>();
        for (var part : (directory + "/" + path).split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty()) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    /** Whether a file is Kustomize's and not to be read as a manifest; then the intake learns why. */
    boolean takes(TreeFile file, Intake intake) {
        var reason = reasons.get(file.path());
        if (reason == null) {
            return false;
        }
        intake.skipped(file.path(), reason);
        return true;
    }
}
