package dev.stepzero.scan.packages.npm;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.LockGraph;
import dev.stepzero.scan.packages.document.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The lockfile of Yarn since its version 2, which is YAML. An entry is headed by all the descriptors that it answers, and
 * its {@code resolution} says what it is.
 */
final class BerryLock {
    private static final String WORKSPACE = "workspace:";

    private final String directory;
    private final Projects projects;
    private final LockGraph graph = new LockGraph();
    private final Map<String, String> idsByDescriptor = new HashMap<>();

    private BerryLock(String directory, Projects projects) {
        this.directory = directory;
        this.projects = projects;
    }

    static LockGraph read(Node root, String directory, Projects projects) {
        projects.lock(directory);
        var lock = new BerryLock(directory, projects);
        var entries = new LinkedHashMap<>(root.entries());
        entries.remove("__metadata");
        entries.forEach(lock::add);
        entries.forEach(lock::connect);
        return lock.graph;
    }

    private void add(String id, Node entry) {
        for (var descriptor : id.split(",", -1)) {
            idsByDescriptor.putIfAbsent(descriptor.strip(), id);
        }
        if (!isWorkspace(entry) && !entry.at("version").text().isEmpty()) {
            purl(id, entry).ifPresent(purl -> graph.add(id, purl, entry.line()));
        }
    }

    private static boolean isWorkspace(Node entry) {
        return NpmPackage.versionOf(entry.at("resolution").text()).startsWith(WORKSPACE);
    }

    private static Optional<PackageUrl> purl(String id, Node entry) {
        var resolution = entry.at("resolution").text();
        var name = NpmPackage.nameOf(resolution.isEmpty() ? id : resolution);
        return NpmPackage.from(name, entry.at("version").text(), NpmPackage.versionOf(resolution));
    }

    private void connect(String id, Node entry) {
        if (isWorkspace(entry)) {
            connectWorkspace(entry);
            return;
        }
        entry.at("dependencies").entries().forEach((name, range) -> {
            boolean optional =
                    entry.at("dependenciesMeta").at(name).at("optional").isTrue();
            found(name, range.text()).ifPresent(target -> graph.depends(id, target, optional));
        });
    }

    /** The lockfile does not tell what is for development only: the workspace's own manifest does. */
    private void connectWorkspace(Node entry) {
        var place = NpmPackage.versionOf(entry.at("resolution").text()).substring(WORKSPACE.length());
        var project = Projects.resolved(directory, place);
        projects.lock(project);
        var requests =
                projects.in(project).map(each -> Requests.of(each.root())).orElse(Map.of());
        entry.at("dependencies").entries().forEach((name, range) -> {
            var request = requests.get(name);
            var scope = request == null ? Scope.RUNTIME : request.scope();
            found(name, range.text()).ifPresent(target -> graph.root(target, scope));
        });
    }

    /** Before its version 4 Yarn wrote ranges of the registry without {@code npm:}. */
    private Optional<String> found(String name, String range) {
        var id = idsByDescriptor.get(name + "@" + range);
        return Optional.ofNullable(id != null ? id : idsByDescriptor.get(name + "@npm:" + range));
    }
}
