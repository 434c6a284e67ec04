package dev.stepzero.scan.github;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.ImageName;
import dev.stepzero.scan.manifest.Look;
import dev.stepzero.scan.tree.TreeFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workflow: itself, its jobs, and their steps, each of which knows what starts it and what it may do. */
record Workflow(TreeFile file, Value.Mapping root, Position position) {
    private static final Origin ORIGIN = Origin.of(Format.GITHUB_ACTIONS);

    List<Resource> resources() {
        var resources = new ArrayList<Resource>();
        var triggers = triggers();
        var attributes = new LinkedHashMap<>(root.entries());
        attributes.put("triggers", triggers);
        resources.add(new Resource("github_workflow", file.path(), new Value.Mapping(attributes), position, ORIGIN));
        Look.mapping(root, "jobs").entries().forEach((name, job) -> job(name, job, triggers, resources));
        return resources;
    }

    /** The names of the events under {@code on}, which is a text, a list of texts, or an object. */
    private Located triggers() {
        var on = root.entries().getOrDefault("on", Located.nowhere(Value.ABSENT));
        var names = new ArrayList<Located>();
        switch (on.value()) {
            case Value.Mapping map ->
                map.entries().forEach((name, event) -> names.add(new Located(Value.of(name), event.position())));
            case Value.Sequence list ->
                list.items().stream()
                        .filter(item -> item.value() instanceof Value.Text)
                        .forEach(names::add);
            case Value.Text text -> names.add(on);
            default -> {}
        }
        return new Located(new Value.Sequence(names), on.position());
    }

    private void job(String name, Located written, Located triggers, List<Resource> into) {
        var job = Look.mapping(written.value());
        var address = file.path() + "/" + name;
        var attributes = new LinkedHashMap<>(job.entries());
        var shared = new LinkedHashMap<String, Located>();
        shared.put("triggers", triggers);
        job.entry("permissions")
                .or(() -> root.entry("permissions"))
                .ifPresent(permissions -> shared.put("job_permissions", permissions));
        attributes.put("triggers", triggers);
        attributes.put("key", new Located(Value.of(name), written.position()));
        if (shared.containsKey("job_permissions")) {
            attributes.put("effective_permissions", shared.get("job_permissions"));
        }
        root.entry("permissions").ifPresent(permissions -> attributes.put("workflow_permissions", permissions));
        Uses.spread(job, attributes);
        image(job, attributes);
        into.add(new Resource("github_job", address, new Value.Mapping(attributes), written.position(), ORIGIN));
        shared.put("job", attributes.get("key"));
        job.entry("runs-on").ifPresent(runner -> shared.put("runs_on", runner));
        job.entry("container").ifPresent(container -> shared.put("container", container));
        root.entry("on").ifPresent(on -> shared.put("on", on));
        environment(job, shared);
        Steps.of(address, job.get("steps"), shared, into);
    }

    /** What a step finds in its environment before it sets its own. */
    private void environment(Value.Mapping job, Map<String, Located> shared) {
        var all = new LinkedHashMap<>(Look.mapping(root, "env").entries());
        all.putAll(Look.mapping(job, "env").entries());
        if (!all.isEmpty()) {
            shared.put("inherited_env", Located.nowhere(new Value.Mapping(all)));
        }
    }

    /** A container is a name, or an object with an image. */
    private static void image(Value.Mapping job, Map<String, Located> attributes) {
        var container = job.entries().get("container");
        if (container == null) {
            return;
        }
        var image =
                container.value() instanceof Value.Mapping map ? map.entries().get("image") : container;
        if (image != null) {
            attributes.put("image", image);
            ImageName.spread(image, attributes);
        }
    }
}
