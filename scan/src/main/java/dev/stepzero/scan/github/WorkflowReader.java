package dev.stepzero.scan.github;

import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Resources;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.iac.Configuration;
import dev.stepzero.scan.iac.ResourceReader;
import dev.stepzero.scan.manifest.Documents;
import dev.stepzero.scan.manifest.Look;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import dev.stepzero.scan.yaml.Dialect;
import java.util.ArrayList;
import java.util.List;

/** Reads GitHub Actions workflows and the actions of a repository. A file is one configuration. */
public final class WorkflowReader implements ResourceReader {
    private static final String FOLDER = ".github/workflows/";

    @Override
    public List<Configuration> read(TreeFiles files, Intake intake) {
        var configurations = new ArrayList<Configuration>();
        for (var file : files.all()) {
            var path = file.path();
            if (path.endsWith(".yml") || path.endsWith(".yaml")) {
                var resources = read(file, intake);
                if (!resources.isEmpty()) {
                    configurations.add(new Configuration(path, new Resources(resources)));
                }
            }
        }
        return configurations;
    }

    private static List<Resource> read(TreeFile file, Intake intake) {
        boolean inFolder = isInFolder(file.path());
        boolean action = file.name().equals("action.yml") || file.name().equals("action.yaml");
        try {
            var text = file.text();
            if (!inFolder && !(action ? text.contains("runs:") : looksLikeWorkflow(text))) {
                return List.of();
            }
            var documents = Documents.of(file, text, Dialect.YAML_1_2);
            if (documents.all().isEmpty()) {
                if (inFolder || action) {
                    documents.report(intake);
                }
                return List.of();
            }
            var document = documents.all().getFirst().root();
            var root = Look.mapping(document.value());
            if (!inFolder && !isWorkflow(root) && !isAction(root)) {
                return List.of();
            }
            documents.report(intake);
            intake.parsed(file.path());
            return isAction(root) && !isWorkflow(root)
                    ? new ActionFile(file, root, document.position()).resources()
                    : new Workflow(file, root, document.position()).resources();
        } catch (TreeFile.UnreadableFile e) {
            if (inFolder) {
                intake.unreadable(file.path(), String.valueOf(e.getMessage()));
            }
            return List.of();
        }
    }

    private static boolean isInFolder(String path) {
        int at = path.indexOf(FOLDER);
        return at == 0 || (at > 0 && path.charAt(at - 1) == '/');
    }

    /** A file that is scanned alone has no folder to be known by. */
    private static boolean looksLikeWorkflow(String text) {
        return text.contains("jobs:") && (text.contains("runs-on") || text.contains("uses:")) && text.contains("on");
    }

    private static boolean isWorkflow(Value.Mapping root) {
        if (!root.entries().containsKey("on") || !(root.get("jobs") instanceof Value.Mapping jobs)) {
            return false;
        }
        for (var job : jobs.entries().values()) {
            var entries = Look.mapping(job.value()).entries();
            if (entries.containsKey("runs-on") || entries.containsKey("uses")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAction(Value.Mapping root) {
        return root.get("runs") instanceof Value.Mapping runs && runs.entries().containsKey("using");
    }
}
