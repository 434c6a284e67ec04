package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Resources;
import dev.stepzero.scan.iac.Configuration;
import dev.stepzero.scan.iac.ResourceReader;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import dev.stepzero.scan.yaml.Document;
import dev.stepzero.scan.yaml.LocatedYaml;
import dev.stepzero.scan.yaml.MalformedYaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Reads CloudFormation and SAM templates, in YAML or JSON, and gives their resources in the words of the Terraform
 * provider. A template is known by what is in it; one that another calls as a nested stack is read where it is called.
 */
public final class CloudFormationReader implements ResourceReader {
    private static final int MOST_DUPLICATES = 20;

    @Override
    public List<Configuration> read(TreeFiles files, Intake intake) throws InterruptedException {
        var templates = new Templates();
        for (var file : files.all()) {
            if (hasSuffix(file.path())) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                parse(file, templates, intake);
            }
        }
        return templates.all().isEmpty() ? List.of() : configurations(templates, intake);
    }

    private static boolean hasSuffix(String path) {
        return path.endsWith(".yaml") || path.endsWith(".yml") || path.endsWith(".json") || path.endsWith(".template");
    }

    private static void parse(TreeFile file, Templates templates, Intake intake) {
        String text;
        try {
            text = file.text();
        } catch (TreeFile.UnreadableFile e) {
            unreadable(file, String.valueOf(e.getMessage()), intake);
            return;
        }
        if (!mayBeTemplate(text)) {
            return;
        }
        try {
            take(file.path(), LocatedYaml.read(file.path(), text, new IntrinsicTags()), templates, intake);
        } catch (MalformedYaml e) {
            intake.problem(String.valueOf(e.getMessage()), e.position());
            take(file.path(), e.documents(), templates, intake);
        }
    }

    /** Whether it is worth to parse it: in a large tree most YAML and JSON is something else. */
    private static boolean mayBeTemplate(String text) {
        return text.contains("Resources")
                && (text.contains("AWS::")
                        || text.contains("AWSTemplateFormatVersion")
                        || text.contains("Custom::")
                        || text.contains("Alexa::"));
    }

    private static void unreadable(TreeFile file, String why, Intake intake) {
        if (file.path().endsWith(".template")) {
            intake.unreadable(file.path(), why);
        } else {
            intake.skipped(file.path(), why);
        }
    }

    private static void take(String path, List<Document> documents, Templates templates, Intake intake) {
        for (var document : documents) {
            var template = Template.of(path, document.root().value());
            if (template.isPresent()) {
                templates.add(template.get());
                intake.parsed(path);
                for (var duplicate :
                        document.duplicates().stream().limit(MOST_DUPLICATES).toList()) {
                    intake.problem(
                            "the key " + duplicate.key() + " stands here for the second time; this one holds",
                            duplicate.position());
                }
            }
        }
    }

    private static List<Configuration> configurations(Templates templates, Intake intake) throws InterruptedException {
        var kinds = KindTable.load();
        var called = templates.called();
        // Those that nobody calls come first; of those that call each other in a circle each is left to stand for
        // itself.
        Set<String> order = new LinkedHashSet<>(templates.all().keySet());
        order.removeAll(called);
        order.addAll(templates.all().keySet());
        var read = new HashSet<String>();
        var configurations = new ArrayList<Configuration>();
        for (var path : order) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!read.contains(path)) {
                var template = Objects.requireNonNull(templates.all().get(path));
                var assembly = new Assembly(kinds, templates, intake);
                configurations.add(new Configuration(template.file(), resources(template, assembly, intake)));
                read.addAll(assembly.read());
            }
        }
        return configurations;
    }

    private static Resources resources(Template template, Assembly assembly, Intake intake) {
        var resources = new ArrayList<Resource>();
        try {
            Stack.root(template, assembly).resources(resources::add);
        } catch (StackOverflowError e) {
            // Bounded nesting keeps this from happening on a stack of usual size; a small one may still be too small.
            intake.problem("it is nested too deeply", new Position(template.file(), 1, 1, 1));
        }
        return new Resources(resources);
    }
}
