package dev.stepzero.scan.packages.gradle;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.packages.document.Node;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import java.util.List;
import java.util.Map;

/**
 * A <a href="https://docs.gradle.org/current/userguide/version_catalogs.html">version catalog</a>: the libraries that
 * builds may ask for by a short name, with their versions.
 */
final class VersionCatalog {
    /** The parts of a rich version, the most binding first. */
    private static final List<String> RICH = List.of("strictly", "require", "prefer");

    private final TreeFile file;
    private final Inventory.Collector packages;
    private final Intake intake;

    VersionCatalog(TreeFile file, Inventory.Collector packages, Intake intake) {
        this.file = file;
        this.packages = packages;
        this.intake = intake;
    }

    void read() {
        new ManifestText(file, intake).toml().ifPresent(root -> {
            var versions = root.at("versions").entries();
            root.at("libraries").entries().values().forEach(library -> library(library, versions));
            intake.skipped(
                    file.path(), "there is no lockfile: what the libraries of the catalog bring in is not known");
        });
    }

    private void library(Node library, Map<String, Node> versions) {
        var parts = library.isText()
                ? library.text().split(":", 3)
                : library.at("module").text().split(":", 2);
        var group = parts.length > 1 ? parts[0] : library.at("group").text();
        var name = parts.length > 1 ? parts[1] : library.at("name").text();
        var version = parts.length > 2 ? parts[2] : version(library.at("version"), versions);
        if (group.isEmpty() || name.isEmpty()) {
            return;
        }
        var known = DynamicVersion.isOne(version) ? version : "";
        if (known.isEmpty()) {
            intake.skipped(
                    file.path(), "the version of " + group + ":" + name + " is not matched, as it cannot be told");
        }
        packages.add(Component.of(
                PackageUrl.of("maven", group, name, known),
                Scope.RUNTIME,
                true,
                Place.of(file.path(), library.line())));
    }

    private static String version(Node version, Map<String, Node> versions) {
        var reference = version.at("ref").text();
        var named = reference.isEmpty() ? version : versions.get(reference);
        if (named == null || named.isText()) {
            return named == null ? "" : named.text();
        }
        return RICH.stream()
                .map(each -> named.at(each).text())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }
}
