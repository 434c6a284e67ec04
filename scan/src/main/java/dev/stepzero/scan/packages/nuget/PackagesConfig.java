package dev.stepzero.scan.packages.nuget;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.Element;

/** A {@code packages.config}, which names every package, whoever asks for it. */
final class PackagesConfig {
    private PackagesConfig() {}

    static void add(String path, Element root, Inventory.Collector packages) {
        for (var each : root.children()) {
            var id = each.attribute("id");
            var version = each.attribute("version");
            if (each.name().equals("package") && !id.isBlank() && !version.isBlank()) {
                var scope = each.attribute("developmentDependency").equalsIgnoreCase("true")
                        ? Scope.DEVELOPMENT
                        : Scope.RUNTIME;
                packages.add(Component.of(
                        PackageUrl.of("nuget", "", id.strip(), version.strip()),
                        scope,
                        true,
                        Place.of(path, each.line())));
            }
        }
    }
}
