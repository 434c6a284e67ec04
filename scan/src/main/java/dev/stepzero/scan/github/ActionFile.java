package dev.stepzero.scan.github;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import dev.stepzero.scan.tree.TreeFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An action of the repository: itself, and its steps when it is put together of such. */
record ActionFile(TreeFile file, Value.Mapping root, Position position) {
    List<Resource> resources() {
        var resources = new ArrayList<Resource>();
        resources.add(new Resource("github_action", file.path(), root, position, Origin.of(Format.GITHUB_ACTIONS)));
        Steps.of(file.path(), Look.mapping(root, "runs").get("steps"), Map.of(), resources);
        return resources;
    }
}
