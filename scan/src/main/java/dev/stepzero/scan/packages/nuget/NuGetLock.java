package dev.stepzero.scan.packages.nuget;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.Node;
import java.util.HashMap;
import java.util.Locale;

/** A {@code packages.lock.json}: for each framework the packages with their versions, and the projects of the tree. */
final class NuGetLock {
    private final String path;
    private final Node root;

    NuGetLock(String path, Node root) {
        this.path = path;
        this.root = root;
    }

    NuGetLock addTo(Inventory.Collector packages) {
        root.at("dependencies").entries().values().forEach(framework -> addFramework(framework, packages));
        return this;
    }

    private void addFramework(Node framework, Inventory.Collector packages) {
        var byName = new HashMap<String, PackageUrl>();
        framework.entries().forEach((name, entry) -> {
            var version = entry.at("resolved").text();
            if (!name.isEmpty()
                    && !version.isEmpty()
                    && !entry.at("type").text().equals("Project")) {
                byName.put(name.toLowerCase(Locale.ROOT), PackageUrl.of("nuget", "", name, version));
            }
        });
        framework.entries().forEach((name, entry) -> {
            var purl = byName.get(name.toLowerCase(Locale.ROOT));
            if (purl == null) {
                return;
            }
            boolean direct = entry.at("type").text().equals("Direct");
            packages.add(Component.of(purl, Scope.RUNTIME, direct, Place.of(path, entry.line())));
            for (var wanted : entry.at("dependencies").entries().keySet()) {
                var dependency = byName.get(wanted.toLowerCase(Locale.ROOT));
                if (dependency != null) {
                    packages.depends(purl, dependency);
                }
            }
        });
    }
}
