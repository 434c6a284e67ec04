package dev.stepzero.ship.steps;

import dev.stepzero.ship.engine.Run;
import dev.stepzero.ship.git.Commit;
import dev.stepzero.ship.image.BuiltImage;
import dev.stepzero.ship.project.Project;
import java.util.List;
import java.util.Map;

/** A SLSA provenance v1 predicate: from what, by whom and how an image was built. */
record Provenance(BuildDefinition buildDefinition, RunDetails runDetails) {

    record BuildDefinition(
            String buildType,
            Map<String, String> externalParameters,
            Map<String, String> internalParameters,
            List<Material> resolvedDependencies) {}

    record Material(String uri, Map<String, String> digest) {}

    record RunDetails(Builder builder, Map<String, String> metadata) {}

    record Builder(String id) {}

    static Provenance of(Project project, Commit commit, Run run, BuiltImage image) {
        var materials = new java.util.ArrayList<Material>();
        materials.add(new Material(commit.source(), Map.of("gitCommit", commit.id())));
        for (var each : image.packages()) {
            materials.add(new Material("pkg:deb/debian/%s@%s".formatted(each.name(), each.version()), Map.of()));
        }
        return new Provenance(
                new BuildDefinition(
                        "https://stepzero.dev/build/" + project.plan().label().toLowerCase(java.util.Locale.ROOT)
                                + "/v1",
                        Map.of(
                                "source",
                                commit.source(),
                                "commit",
                                commit.id(),
                                "command",
                                project.plan().build()),
                        Map.of("base", image.machineBase() ? "machine" : "debian"),
                        List.copyOf(materials)),
                new RunDetails(
                        new Builder("https://stepzero.dev/builder/v1"),
                        Map.of(
                                "invocationId",
                                Long.toString(run.id()),
                                "startedOn",
                                run.startedAt().toString())));
    }
}
