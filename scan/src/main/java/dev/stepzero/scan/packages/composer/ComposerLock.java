package dev.stepzero.scan.packages.composer;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code composer.lock}: the packages that run, and those for development. Where no {@code composer.json} tells what was
 * asked for, that is taken for asked for which no other package of the lockfile asks for.
 */
final class ComposerLock {
    private final String path;
    private final List<Locked> all = new ArrayList<>();
    private final Map<String, List<Locked>> byName = new HashMap<>();
    private final Optional<ComposerManifest> manifest;

    private record Locked(Node node, PackageUrl purl, String key, Scope scope) {}

    ComposerLock(String path, Node root, Optional<ComposerManifest> manifest) {
        this.path = path;
        this.manifest = manifest;
        root.at("packages").items().forEach(each -> take(each, Scope.RUNTIME));
        root.at("packages-dev").items().forEach(each -> take(each, Scope.DEVELOPMENT));
    }

    private void take(Node node, Scope scope) {
        var name = node.at("name").text();
        var version = node.at("version").text();
        if (!ComposerManifest.isPackage(name) || version.isEmpty()) {
            return;
        }
        var locked = new Locked(node, ComposerManifest.purl(name, version), ComposerManifest.key(name), scope);
        all.add(locked);
        byName.computeIfAbsent(locked.key(), key -> new ArrayList<>()).add(locked);
    }

    void addTo(Inventory.Collector packages) {
        var needed = new HashSet<String>();
        for (var each : all) {
            for (var name : each.node().at("require").entries().keySet()) {
                needed.add(ComposerManifest.key(name));
                byName.getOrDefault(ComposerManifest.key(name), List.of())
                        .forEach(dependency -> packages.depends(each.purl(), dependency.purl()));
            }
        }
        for (var each : all) {
            boolean direct = manifest.map(asked -> asked.asksFor(each.key())).orElse(!needed.contains(each.key()));
            packages.add(component(each, direct));
        }
    }

    private Component component(Locked locked, boolean direct) {
        return new Component(
                locked.purl(),
                locked.scope(),
                direct,
                List.of(Place.of(path, locked.node().at("name").line())),
                Optional.empty(),
                Optional.empty(),
                locked.node().at("license").items().stream()
                        .map(Node::text)
                        .filter(text -> !text.isEmpty())
                        .toList());
    }
}
