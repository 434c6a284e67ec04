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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code composer.lock}: the packages that run, and those for development. Where no {@code composer.json} tells what was
 * asked for, that is taken for asked for which no other package of the lockfile asks for.
 */
final class ComposerLock {
    private final String path;
    private final List<Locked> all = new ArrayList<>();
    private final Map<String, List<Locked>> byName = new HashMap<>();
    private final Optional<Set<String>> asked;

    private record Locked(Node node, PackageUrl purl, String key, Scope scope) {}

    ComposerLock(String path, Node root, Optional<Set<String>> asked) {
        this.path = path;
        this.asked = asked;
        root.at("packages").items().forEach(each -> take(each, Scope.RUNTIME));
        root.at("packages-dev").items().forEach(each -> take(each, Scope.DEVELOPMENT));
    }

    private void take(Node node, Scope scope) {
        var name = node.at("name").text();
        var version = node.at("version").text();
        int slash = name.lastIndexOf('/');
        if (!isPackage(name) || slash == name.length() - 1 || version.isEmpty()) {
            return;
        }
        var purl = PackageUrl.of("composer", name.substring(0, slash), name.substring(slash + 1), version);
        var locked = new Locked(node, purl, key(name), scope);
        all.add(locked);
        byName.computeIfAbsent(locked.key(), key -> new ArrayList<>()).add(locked);
    }

    void addTo(Inventory.Collector packages) {
        var needed = new HashSet<String>();
        for (var each : all) {
            for (var name : each.node().at("require").entries().keySet()) {
                needed.add(key(name));
                byName.getOrDefault(key(name), List.of())
                        .forEach(dependency -> packages.depends(each.purl(), dependency.purl()));
            }
        }
        for (var each : all) {
            boolean direct = asked.map(names -> names.contains(each.key())).orElse(!needed.contains(each.key()));
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

    /** Whether a name is of a package, and not of PHP itself, an extension or a library of the system. */
    static boolean isPackage(String name) {
        return name.indexOf('/') > 0;
    }

    /** Composer does not tell upper from lower case. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
