package dev.stepzero.scan.packages.cargo;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@code Cargo.toml} asks for.
 *
 * @param alias the name that the code knows it by
 * @param written what stands behind the name: a version, or a table
 */
record CargoDependency(String alias, Node written, Scope scope) {

    /** All that a manifest asks for, on every platform. */
    static List<CargoDependency> of(Node manifest) {
        var all = new ArrayList<CargoDependency>();
        var tables = new ArrayList<Node>(List.of(manifest));
        tables.addAll(manifest.at("target").entries().values());
        for (var table : tables) {
            table.at("dependencies")
                    .entries()
                    .forEach((alias, written) -> all.add(new CargoDependency(
                            alias, written, written.at("optional").isTrue() ? Scope.OPTIONAL : Scope.RUNTIME)));
            for (var kind : List.of("build-dependencies", "dev-dependencies")) {
                table.at(kind)
                        .entries()
                        .forEach((alias, written) -> all.add(new CargoDependency(alias, written, Scope.DEVELOPMENT)));
            }
        }
        return all;
    }

    /** The package's own name, unless the workspace knows it. */
    String name() {
        var name = written.at("package").text();
        return name.isEmpty() ? alias : name;
    }

    /** Whether the workspace says which package and version it is. */
    boolean ofWorkspace() {
        return written.at("workspace").isTrue();
    }

    /** Adds it, as no lockfile tells more; a directory of the tree is no package of others. */
    void addTo(Inventory.Collector packages, String path) {
        if (!written.at("path").exists() && !name().isEmpty()) {
            var version =
                    written.isText() ? written.text() : written.at("version").text();
            var purl = PackageUrl.of("cargo", "", name(), pinned(version));
            packages.add(Component.of(purl, scope, true, Place.of(path, written.line())));
        }
    }

    /** The version that a requirement allows, where it allows one only: {@code =1.2.3}. */
    private static String pinned(String requirement) {
        var version = requirement.startsWith("=") ? requirement.substring(1).strip() : "";
        boolean whole = version.chars().filter(c -> c == '.').count() >= 2
                && version.chars().noneMatch(c -> c == ',' || c == '*' || c == ' ');
        return whole ? version : "";
    }
}
