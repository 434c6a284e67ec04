package dev.stepzero.scan.packages.python;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.ManifestReader;
import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.packages.document.Node;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads requirements files and the lockfiles of Python's package managers. A {@code pyproject.toml} counts by itself only
 * where no lockfile tells what it gets; then a version is known only if it is the only one allowed.
 */
public final class PythonReader implements ManifestReader {
    @Override
    public void read(TreeFiles files, Inventory.Collector packages, Intake intake) throws InterruptedException {
        new RequirementsTree(files, intake).addTo(packages);
        var locked = new HashSet<String>();
        for (var file : files.all()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            lock(file, files, packages, intake, locked);
        }
        files.all().stream()
                .filter(file -> file.name().equals("pyproject.toml") && !locked.contains(file.directory()))
                .forEach(file -> unlocked(file, packages, intake));
    }

    private static void lock(
            TreeFile file, TreeFiles files, Inventory.Collector packages, Intake intake, Set<String> locked) {
        var text = new ManifestText(file, intake);
        if (isTomlLock(file.name())) {
            text.toml().ifPresent(root -> {
                locked.add(file.directory());
                members(root, file, locked);
                TomlLock.read(root, project(file, files, intake)).addTo(file.path(), packages);
            });
        } else if (file.name().equals("Pipfile.lock")) {
            var pipfile = beside(file, "Pipfile", files)
                    .flatMap(each -> new ManifestText(each, intake).toml())
                    .orElse(Node.NONE);
            text.yaml()
                    .ifPresent(root ->
                            PipfileLock.read(root, PyProject.ofPipfile(pipfile)).addTo(file.path(), packages));
        }
    }

    private static boolean isTomlLock(String name) {
        return switch (name) {
            case "poetry.lock", "pdm.lock", "uv.lock", "pylock.toml" -> true;
            default -> name.startsWith("pylock.") && name.endsWith(".toml");
        };
    }

    /** The other projects of a workspace, of which uv's lockfile tells too. */
    private static void members(Node root, TreeFile file, Set<String> locked) {
        for (var each : root.at("package").items()) {
            var source = each.at("source");
            var place = (source.at("editable").exists() ? source.at("editable") : source.at("virtual")).text();
            if (!place.isEmpty() && !place.contains("..")) {
                var parts = new ArrayDeque<String>();
                for (var part : (file.directory() + "/" + place).split("/", -1)) {
                    if (!part.isEmpty() && !part.equals(".")) {
                        parts.add(part);
                    }
                }
                locked.add(String.join("/", parts));
            }
        }
    }

    private static PyProject project(TreeFile lock, TreeFiles files, Intake intake) {
        return PyProject.of(beside(lock, "pyproject.toml", files)
                .flatMap(each -> new ManifestText(each, intake).toml())
                .orElse(Node.NONE));
    }

    private static Optional<TreeFile> beside(TreeFile file, String name, TreeFiles files) {
        return files.at(file.directory().isEmpty() ? name : file.directory() + "/" + name);
    }

    private static void unlocked(TreeFile file, Inventory.Collector packages, Intake intake) {
        var asked = new ManifestText(file, intake)
                .toml()
                .map(root -> PyProject.of(root).asked())
                .orElse(List.of());
        if (asked.isEmpty()) {
            return;
        }
        asked.forEach(each -> packages.add(
                Component.of(each.requirement().purl(), each.scope(), true, Place.of(file.path(), each.line()))));
        intake.skipped(file.path(), "there is no lockfile: what its packages bring in is not known");
        var open = asked.stream()
                .map(PyProject.Asked::requirement)
                .filter(each -> each.version().isEmpty())
                .map(Requirement::name)
                .toList();
        if (!open.isEmpty()) {
            intake.skipped(file.path(), Unmatched.reason(open));
        }
    }
}
