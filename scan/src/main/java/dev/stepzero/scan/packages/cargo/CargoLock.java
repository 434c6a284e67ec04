package dev.stepzero.scan.packages.cargo;

import dev.stepzero.core.Digest;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A {@code Cargo.lock}: all packages, each with its source, checksum and dependencies. */
final class CargoLock {
    private static final String CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";
    private static final String CRATES_IO_SPARSE = "sparse+https://index.crates.io/";

    private final String path;
    private final CargoWorkspace workspace;
    private final List<Locked> all = new ArrayList<>();
    private final Map<String, Locked> byName = new HashMap<>();
    private final Map<Locked, Scope> scopes = new HashMap<>();
    private final Set<Locked> direct = new HashSet<>();

    /** A package of the lockfile. No record, as equal ones need not be the same, and comparing all of them takes long. */
    private static final class Locked {
        private final Node node;
        private final String name;
        private final PackageUrl purl;
        private final boolean own;

        /** @param own whether it is a package of the tree itself, as there is its Cargo.toml */
        Locked(Node node, String name, PackageUrl purl, boolean own) {
            this.node = node;
            this.name = name;
            this.purl = purl;
            this.own = own;
        }

        /** Whether it comes from a directory. */
        boolean local() {
            return node.at("source").text().isEmpty();
        }
    }

    CargoLock(String path, Node root, CargoWorkspace workspace) {
        this.path = path;
        this.workspace = workspace;
        root.at("package").items().forEach(this::take);
    }

    private void take(Node node) {
        var name = node.at("name").text();
        var version = node.at("version").text();
        if (name.isEmpty() || version.isEmpty()) {
            return;
        }
        var source = node.at("source").text();
        boolean own = source.isEmpty() && workspace.has(name);
        var locked = new Locked(node, name, purl(name, version, source), own);
        all.add(locked);
        byName.putIfAbsent(name, locked);
        byName.putIfAbsent(name + " " + version, locked);
        byName.putIfAbsent(name + " " + version + " (" + source + ")", locked);
    }

    private static PackageUrl purl(String name, String version, String source) {
        var purl = PackageUrl.of("cargo", "", name, version);
        if (source.startsWith("git+")) {
            return purl.with("vcs_url", source);
        }
        boolean elsewhere = !source.isEmpty() && !source.equals(CRATES_IO) && !source.equals(CRATES_IO_SPARSE);
        return elsewhere ? purl.with("repository_url", source.substring(source.indexOf('+') + 1)) : purl;
    }

    void addTo(Inventory.Collector packages) {
        var dependencies = new LinkedHashMap<Locked, List<Locked>>();
        all.forEach(each -> dependencies.put(each, dependencies(each)));
        markAll(dependencies);
        for (var each : all) {
            if (!each.own) {
                packages.add(component(each));
                dependencies
                        .getOrDefault(each, List.of())
                        .forEach(dependency -> packages.depends(each.purl, dependency.purl));
            }
        }
    }

    private List<Locked> dependencies(Locked locked) {
        return locked.node.at("dependencies").items().stream()
                .flatMap(each -> Optional.ofNullable(byName.get(each.text())).stream())
                .toList();
    }

    /**
     * From the packages of the tree on: what runs, then what is optional, then what is for development. Where there is no
     * Cargo.toml, every package without a source is taken for one of the tree.
     */
    private void markAll(Map<Locked, List<Locked>> dependencies) {
        boolean known = all.stream().anyMatch(each -> each.own);
        for (var scope : List.of(Scope.RUNTIME, Scope.OPTIONAL, Scope.DEVELOPMENT)) {
            var waiting = new ArrayDeque<Locked>();
            dependencies.forEach((root, wanted) -> wanted.stream()
                    .filter(each -> known ? root.own : root.local())
                    .filter(each -> workspace.scope(root.name, each.name) == scope)
                    .forEach(each -> {
                        direct.add(each);
                        waiting.add(each);
                    }));
            while (!waiting.isEmpty()) {
                var next = waiting.poll();
                if (!next.own && scopes.putIfAbsent(next, scope) == null) {
                    waiting.addAll(dependencies.getOrDefault(next, List.of()));
                }
            }
        }
    }

    private Component component(Locked locked) {
        return new Component(
                locked.purl,
                scopes.getOrDefault(locked, Scope.RUNTIME),
                locked.local() || direct.contains(locked),
                List.of(Place.of(path, locked.node.at("name").line())),
                Optional.empty(),
                digest(locked.node.at("checksum").text()),
                List.of());
    }

    private static Optional<Digest> digest(String checksum) {
        return checksum.matches("[0-9a-f]{64}") ? Optional.of(new Digest(checksum)) : Optional.empty();
    }
}
