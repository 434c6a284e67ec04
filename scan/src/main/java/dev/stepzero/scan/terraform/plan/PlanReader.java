package dev.stepzero.scan.terraform.plan;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Resources;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.iac.Configuration;
import dev.stepzero.scan.iac.ResourceReader;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads what {@code terraform show -json} writes of a plan or a state, and state files themselves (version 4). They are
 * known by their content, so they may be called anything that ends in {@code .json} or {@code .tfstate}.
 *
 * <p>Attributes are as the source would have them: what the provider will only compute counts as not set, and what is
 * set but not known yet is unknown, with the resources that the plan says it comes from.
 */
public final class PlanReader implements ResourceReader {
    @Override
    public List<Configuration> read(TreeFiles files, Intake intake) throws InterruptedException {
        var found = new ArrayList<Configuration>();
        for (var file : files.all()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if ((file.name().endsWith(".json") || file.name().endsWith(".tfstate")) && FirstLook.promising(file)) {
                read(file, intake, found);
            }
        }
        return found;
    }

    private static void read(TreeFile file, Intake intake, List<Configuration> found) {
        try {
            if (!(PositionedJson.read(file.path(), file.bytes()) instanceof Value.Mapping document)) {
                return;
            }
            var resources = resources(document, file, intake);
            if (resources != null) {
                intake.parsed(file.path());
                found.add(new Configuration(file.path(), new Resources(resources)));
            }
        } catch (TreeFile.UnreadableFile e) {
            intake.unreadable(file.path(), String.valueOf(e.getMessage()));
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            intake.problem(
                    "the Terraform plan or state is no JSON: " + message(e),
                    new Position(file.path(), Math.max(line, 1), 1, Math.max(line, 1)));
        }
    }

    /** Without what Jackson says of its own settings. */
    private static String message(JacksonException problem) {
        var message = String.valueOf(problem.getOriginalMessage());
        int aside = message.indexOf(" (");
        return aside < 0 ? message : message.substring(0, aside);
    }

    /** Null for JSON that is neither a plan nor a state after all. */
    private static @Nullable List<Resource> resources(Value.Mapping document, TreeFile file, Intake intake) {
        var format = document.get("format_version");
        if (format instanceof Value.Text) {
            if (document.entry("resource_changes").isPresent()
                    || document.entry("planned_values").isPresent()) {
                return new PlanResources(document).all();
            }
            var state = document.entry("values").isPresent()
                    && document.entry("terraform_version").isPresent();
            return state ? ShownState.resources(document) : null;
        }
        if (document.entry("terraform_version").isEmpty()
                || document.entry("version").isEmpty()) {
            return null;
        }
        if (!document.get("version").equals(Value.of(StateFile.VERSION))) {
            intake.skipped(
                    file.path(),
                    "a state of another version than %d: write it anew with terraform show -json"
                            .formatted(StateFile.VERSION));
            return null;
        }
        return StateFile.resources(document);
    }
}
