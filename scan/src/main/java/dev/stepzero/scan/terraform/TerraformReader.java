package dev.stepzero.scan.terraform;

import dev.stepzero.scan.iac.Configuration;
import dev.stepzero.scan.iac.GivenValues;
import dev.stepzero.scan.iac.ResourceReader;
import dev.stepzero.scan.terraform.hcl.Body;
import dev.stepzero.scan.tree.FileFailure;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads Terraform configuration, native and JSON, and evaluates it as Terraform would plan it. A directory is a module; one
 * that no other in the tree calls is a root, and each root is a configuration.
 */
public final class TerraformReader implements ResourceReader {
    private final List<Path> valueFiles;
    private final Map<String, String> environment;

    /** With the environment of this process, and no value files but those that Terraform takes by itself. */
    public TerraformReader() {
        this(List.of(), System.getenv());
    }

    /**
     * @param valueFiles further files with values for variables, which win over all others, the last most
     * @param environment where {@code TF_VAR_} variables are looked up
     */
    public TerraformReader(List<Path> valueFiles, Map<String, String> environment) {
        this.valueFiles = List.copyOf(valueFiles);
        this.environment = Map.copyOf(environment);
    }

    @Override
    public ResourceReader withValues(List<Path> files) {
        return new TerraformReader(files, environment);
    }

    @Override
    public List<Configuration> read(TreeFiles files, Intake intake) throws InterruptedException {
        var sources = new SourceTree();
        var modules = sources.read(files, intake);
        if (modules.isEmpty()) {
            return List.of();
        }
        var roots = Roots.of(modules);
        var workspace =
                new Workspace(modules, sources, new TreeContents(files), environment, extraValues(sources, intake));
        modules.clear();
        var outcomes = RootEvaluations.of(workspace, roots);
        var problems = new LinkedHashSet<Intake.Problem>();
        var skipped = new LinkedHashSet<RootEvaluation.Skipped>();
        var configurations = new ArrayList<Configuration>(roots.size());
        for (int i = 0; i < roots.size(); i++) {
            var outcome = outcomes.get(i);
            problems.addAll(outcome.problems());
            skipped.addAll(outcome.skipped());
            var name = roots.get(i).directory();
            configurations.add(new Configuration(
                    name.isEmpty() ? "." : name, outcome.configured(), given(workspace, roots.get(i))));
        }
        problems.forEach(each -> intake.problem(each.message(), each.position()));
        skipped.forEach(each -> intake.skipped(each.path(), each.reason()));
        return configurations;
    }

    private static GivenValues given(Workspace workspace, Roots.Root root) {
        var files = workspace
                .module(root.directory())
                .map(workspace::commentedValues)
                .orElse(Set.of());
        return files.isEmpty() ? GivenValues.NONE : new ValuesInFiles(workspace, root, files);
    }

    private List<Body> extraValues(SourceTree sources, Intake intake) {
        var bodies = new ArrayList<Body>();
        for (var path : valueFiles) {
            try {
                sources.valueFile(TreeFile.named(path), intake).ifPresent(bodies::add);
            } catch (IOException e) {
                intake.unreadable(path.toString(), "it cannot be read: " + FileFailure.reason(e));
            }
        }
        return bodies;
    }
}
