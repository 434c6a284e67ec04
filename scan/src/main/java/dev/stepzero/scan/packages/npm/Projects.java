package dev.stepzero.scan.packages.npm;

import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.packages.document.Node;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The {@code package.json} files of a tree, and of which of them a lockfile tells what they get. */
final class Projects {
    private static final int DEEPEST = 200;

    /** A thousand lockfiles beside a thousand projects each is more than anybody has. */
    private static final long MOST_COMPARED = 1_000_000;

    private final Map<String, Manifest> byDirectory = new LinkedHashMap<>();
    private final Set<String> locked = new HashSet<>();
    private long compared;

    /** A {@code package.json}. */
    record Manifest(TreeFile file, Node root) {}

    Projects(TreeFiles files, Intake intake) {
        for (var file : files.all()) {
            if (file.name().equals("package.json")) {
                new ManifestText(file, intake)
                        .yaml()
                        .ifPresent(root -> byDirectory.put(file.directory(), new Manifest(file, root)));
            }
        }
    }

    Optional<Manifest> in(String directory) {
        return Optional.ofNullable(byDirectory.get(directory));
    }

    /** Notes that a lockfile tells what the project in a directory gets. */
    void lock(String directory) {
        locked.add(directory);
    }

    /** Those of which no lockfile tells. */
    List<Manifest> unlocked() {
        return byDirectory.entrySet().stream()
                .filter(each -> !locked.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The project of a directory and its workspaces. */
    List<Manifest> family(String directory) {
        var family = new ArrayList<Manifest>();
        in(directory).ifPresent(root -> {
            family.add(root);
            var workspaces = Workspaces.of(root.root());
            compared += workspaces.patterns().isEmpty() ? 0 : byDirectory.size();
            if (workspaces.patterns().isEmpty() || compared > MOST_COMPARED) {
                return;
            }
            byDirectory.forEach((other, manifest) -> {
                var relative = relative(directory, other);
                if (!relative.isEmpty() && workspaces.contains(relative)) {
                    family.add(manifest);
                }
            });
        });
        return family;
    }

    /** A directory as seen from another above it; empty where it is not below. */
    private static String relative(String above, String below) {
        if (above.isEmpty()) {
            return below;
        }
        return below.startsWith(above + "/") ? below.substring(above.length() + 1) : "";
    }

    /** A path as seen from a directory; one that leads out of the tree is of no project. */
    static String resolved(String directory, String relative) {
        var parts = new ArrayList<String>();
        for (var part : (directory + "/" + relative).split("/", DEEPEST)) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return "..";
                }
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }
}
