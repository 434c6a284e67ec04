package dev.stepzero.scan.packages.npm;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.LockGraph;
import dev.stepzero.scan.packages.document.Node;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The lockfile of pnpm. Entries are named {@code /name/1.0.0_peers} in version 5, {@code /name@1.0.0(peers)} in version 6
 * and {@code name@1.0.0} in version 9, which keeps what each asks for apart, in its {@code snapshots}.
 */
final class PnpmLock {
    private static final Pattern VERSION_5 = Pattern.compile("(?:[^/@]*/)?((?:@[^/]+/)?[^/@]+)/([0-9][^/_(]*)(?:_.*)?");
    private static final Pattern VERSION_6 = Pattern.compile("/?((?:@[^/@]+/)?[^/@]+)@([^(]+)(?:\\(.*)?");

    private final LockGraph graph = new LockGraph();

    private PnpmLock() {}

    static LockGraph read(Node root, String directory, Projects projects) {
        var lock = new PnpmLock();
        var packages = root.at("packages").entries();
        packages.forEach(lock::add);
        packages.forEach(lock::connect);
        root.at("snapshots").entries().forEach(lock::connect);
        var importers = root.at("importers").entries();
        importers.forEach((place, importer) -> {
            projects.lock(Projects.resolved(directory, place));
            lock.requests(importer);
        });
        projects.lock(directory);
        lock.requests(root);
        return lock.graph;
    }

    private void add(String id, Node entry) {
        purl(id, entry).ifPresent(purl -> graph.add(id, purl, entry.line()));
        if (entry.at("dev").isTrue()) {
            graph.scope(id, Scope.DEVELOPMENT);
        } else if (entry.at("optional").isTrue()) {
            graph.scope(id, Scope.OPTIONAL);
        } else if (entry.at("dev").exists()) {
            graph.scope(id, Scope.RUNTIME);
        }
    }

    /** What stands in the entry goes before what its name says. */
    private Optional<PackageUrl> purl(String id, Node entry) {
        var named = VERSION_6.matcher(id);
        var older = VERSION_5.matcher(id);
        boolean atSign = named.matches();
        boolean slash = older.matches();
        var name = entry.at("name").text();
        var version = entry.at("version").text();
        if (slash && !(atSign && NpmPackage.isVersion(named.group(2)))) {
            name = name.isEmpty() ? older.group(1) : name;
            version = version.isEmpty() ? older.group(2) : version;
        } else if (atSign && !id.startsWith("@gitlab") && !id.startsWith("file:")) {
            name = name.isEmpty() ? named.group(1) : name;
            version = version.isEmpty() ? named.group(2) : version;
        }
        if (name.isEmpty() || !NpmPackage.isVersion(version)) {
            return Optional.empty();
        }
        var repository = entry.at("resolution").at("repo").text();
        var commit = entry.at("resolution").at("commit").text();
        return NpmPackage.from(name, version, repository.isEmpty() ? "" : repository + "#" + commit);
    }

    private void connect(String id, Node entry) {
        var from = known(List.of(id, withoutPeers(id))).orElse(id);
        connect(from, entry.at("dependencies"), false);
        connect(from, entry.at("optionalDependencies"), true);
    }

    private void connect(String from, Node asked, boolean optional) {
        asked.entries()
                .forEach((name, version) ->
                        found(name, version.text()).ifPresent(target -> graph.depends(from, target, optional)));
    }

    private void requests(Node importer) {
        Requests.of(importer).forEach((name, request) -> {
            var resolved = importer.at(group(request.scope())).at(name);
            var version = resolved.isObject() ? resolved.at("version").text() : resolved.text();
            found(name, version).ifPresent(target -> graph.root(target, request.scope()));
        });
    }

    private static String group(Scope scope) {
        return switch (scope) {
            case DEVELOPMENT -> "devDependencies";
            case OPTIONAL -> "optionalDependencies";
            default -> "dependencies";
        };
    }

    /** The entry that a name and what stands behind it mean: a version, or for another name the entry's whole name. */
    private Optional<String> found(String name, String version) {
        var plain = withoutPeers(version);
        return known(
                List.of(version, plain, "/" + name + "/" + version, "/" + name + "@" + version, name + "@" + plain));
    }

    private Optional<String> known(List<String> candidates) {
        return candidates.stream().filter(graph::has).findFirst();
    }

    private static String withoutPeers(String id) {
        int bracket = id.indexOf('(');
        return bracket < 0 ? id : id.substring(0, bracket);
    }
}
