package dev.stepzero.scan.packages.maven;

import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All POMs that are at hand: those of the tree, and those that the local repository has, each read once. */
final class PomPool {
    /** A project of a thousand dependencies needs a few thousand; more is kept from eating all memory. */
    private static final int MOST_FROM_REPOSITORY = 20_000;

    private final LocalRepository repository;
    private final Map<String, Pom> tree = new LinkedHashMap<>();
    private final Map<String, List<Pom>> byName = new HashMap<>();
    private final Map<Coordinates, Optional<Pom>> fromRepository = new HashMap<>();

    PomPool(TreeFiles files, LocalRepository repository, Intake intake) throws InterruptedException {
        this.repository = repository;
        for (var file : files.all()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (file.name().equals("pom.xml")) {
                add(file, intake);
            }
        }
    }

    private void add(TreeFile file, Intake intake) {
        if (file.path().contains("META-INF/maven/")) {
            intake.skipped(file.path(), "a copy of a POM that a build made");
            return;
        }
        var root = new ManifestText(file, intake).xml();
        if (root.isPresent() && root.get().name().equals("project")) {
            var pom = PomParser.parse(file.path(), root.get());
            tree.put(file.path(), pom);
            byName.computeIfAbsent(name(pom.coordinates()), each -> new ArrayList<>())
                    .add(pom);
        } else if (root.isPresent()) {
            intake.unreadable(file.path(), "it is no POM: its root element is no project");
        }
    }

    private static String name(Coordinates coordinates) {
        return coordinates.group() + ":" + coordinates.artifact();
    }

    /** The POMs of the tree, in the order of their paths. */
    List<Pom> tree() {
        return List.copyOf(tree.values());
    }

    /** The POM of the tree under a path: of a directory the {@code pom.xml} in it. */
    Optional<Pom> inTree(String path) {
        var pom = tree.get(path);
        return Optional.ofNullable(pom != null ? pom : tree.get(path.isEmpty() ? "pom.xml" : path + "/pom.xml"));
    }

    /** The POMs of the tree with a group and an artifact, whatever their version. */
    List<Pom> inTree(Coordinates coordinates) {
        return byName.getOrDefault(name(coordinates), List.of());
    }

    Optional<Pom> inRepository(Coordinates coordinates) {
        var known = fromRepository.get(coordinates);
        if (known != null) {
            return known;
        }
        if (fromRepository.size() >= MOST_FROM_REPOSITORY) {
            return Optional.empty();
        }
        var pom = repository.pom(coordinates).map(root -> PomParser.parse("", root));
        fromRepository.put(coordinates, pom);
        return pom;
    }
}
