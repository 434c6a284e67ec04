package dev.stepzero.scan.packages.npm;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.tree.Intake;
import java.util.ArrayList;

/** A {@code package.json} of which no lockfile tells: only the versions that it gives exactly are known. */
final class UnlockedProject {
    private static final int MOST_NAMED = 10;

    private UnlockedProject() {}

    static void read(Projects.Manifest manifest, Inventory.Collector packages, Intake intake) {
        var requests = Requests.of(manifest.root());
        if (requests.isEmpty()) {
            return;
        }
        var path = manifest.file().path();
        var open = new ArrayList<String>();
        requests.forEach((name, request) -> {
            if (isElsewhere(request.text())) {
                return;
            }
            var alias = request.text().startsWith("npm:") ? request.text().substring("npm:".length()) : "";
            var real = alias.isEmpty() ? name : NpmPackage.nameOf(alias);
            var version = alias.isEmpty() ? request.text() : NpmPackage.versionOf(alias);
            NpmPackage.of(real, version)
                    .map(purl -> Component.of(purl, request.scope(), true, Place.of(path, request.line())))
                    .ifPresent(packages::add);
            if (!NpmPackage.isVersion(version)) {
                open.add(name + " " + (version.length() <= 100 ? version : version.substring(0, 100) + "..."));
            }
        });
        intake.skipped(path, "there is no lockfile: what its packages bring in is not known");
        if (!open.isEmpty()) {
            var named = String.join(", ", open.subList(0, Math.min(MOST_NAMED, open.size())));
            intake.skipped(
                    path,
                    "%d packages are not matched, as only a lockfile could tell their versions: %s%s"
                            .formatted(open.size(), named, open.size() > MOST_NAMED ? " and more" : ""));
        }
    }

    /** Whether it is code of the tree, or of the machine that builds it. */
    private static boolean isElsewhere(String request) {
        return request.startsWith("file:")
                || request.startsWith("link:")
                || request.startsWith("portal:")
                || request.startsWith("workspace:");
    }
}
