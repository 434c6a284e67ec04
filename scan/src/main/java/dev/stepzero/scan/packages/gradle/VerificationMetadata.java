package dev.stepzero.scan.packages.gradle;

import dev.stepzero.core.resource.Position;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.Element;
import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;

/**
 * All that a build ever fetched, with the checksums that it must have. It does not say what a package is there for, so
 * each may run in production.
 */
final class VerificationMetadata {
    private final TreeFile file;
    private final Inventory.Collector packages;
    private final Intake intake;

    VerificationMetadata(TreeFile file, Inventory.Collector packages, Intake intake) {
        this.file = file;
        this.packages = packages;
        this.intake = intake;
    }

    void read() {
        new ManifestText(file, intake)
                .xml()
                .ifPresent(root -> root.in("components").forEach(this::component));
    }

    private void component(Element component) {
        if (component.attribute("group").isEmpty()
                || component.attribute("name").isEmpty()) {
            intake.problem(
                    "a component needs a group and a name",
                    new Position(file.path(), component.line(), 1, component.line()));
            return;
        }
        var name = PackageUrl.of(
                "maven", component.attribute("group"), component.attribute("name"), component.attribute("version"));
        packages.add(Component.of(name, Scope.RUNTIME, false, Place.of(file.path(), component.line())));
    }
}
