package dev.stepzero.scan.packages.npm;

import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.ManifestReader;
import dev.stepzero.scan.packages.document.LockGraph;
import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.packages.document.Node;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.Optional;

/**
 * Reads the lockfiles of JavaScript's package managers. The packages of the tree itself, its workspaces, are not listed;
 * what they ask for is. A {@code package.json} without a lockfile gives only the versions that it names exactly.
 */
public final class NpmReader implements ManifestReader {
    private static final String SHRINKWRAP = "npm-shrinkwrap.json";

    @Override
    public void read(TreeFiles files, Inventory.Collector packages, Intake intake) throws InterruptedException {
        var projects = new Projects(files, intake);
        for (var file : files.all()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            lock(file, files, projects, intake).ifPresent(graph -> graph.addTo(file.path(), packages));
        }
        projects.unlocked().forEach(manifest -> UnlockedProject.read(manifest, packages, intake));
    }

    private static Optional<LockGraph> lock(TreeFile file, TreeFiles files, Projects projects, Intake intake) {
        var text = new ManifestText(file, intake);
        var directory = file.directory();
        return switch (file.name()) {
            case "package-lock.json" -> {
                if (files.at((directory.isEmpty() ? "" : directory + "/") + SHRINKWRAP)
                        .isPresent()) {
                    intake.skipped(file.path(), "npm reads the " + SHRINKWRAP + " beside it instead");
                    yield Optional.empty();
                }
                yield text.yaml().map(root -> npm(root, directory, projects));
            }
            case SHRINKWRAP -> text.yaml().map(root -> npm(root, directory, projects));
            case "yarn.lock" -> yarn(text, directory, projects);
            case "pnpm-lock.yaml" -> pnpm(text, directory, projects);
            case "bun.lock" -> text.yaml().map(root -> BunLock.read(root, directory, projects));
            case "bun.lockb" -> {
                intake.skipped(
                        file.path(),
                        "a binary lockfile of Bun: write one as text with bun install --save-text-lockfile");
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private static LockGraph npm(Node root, String directory, Projects projects) {
        boolean byPath = !root.at("packages").entries().isEmpty();
        return byPath ? PackageLock.read(root, directory, projects) : NestedLock.read(root, directory, projects);
    }

    private static Optional<LockGraph> yarn(ManifestText text, String directory, Projects projects) {
        boolean berry = text.text()
                .map(each -> each.contains("\n__metadata:") || each.startsWith("__metadata:"))
                .orElse(false);
        return berry
                ? text.yaml().map(root -> BerryLock.read(root, directory, projects))
                : text.lines().map(lines -> YarnLock.read(lines, directory, projects));
    }

    /** Since its version 11 pnpm may keep what it needs itself in a document of its own, before the project's. */
    private static Optional<LockGraph> pnpm(ManifestText text, String directory, Projects projects) {
        return text.documents().stream()
                .reduce((first, last) -> last)
                .map(root -> PnpmLock.read(root, directory, projects));
    }
}
