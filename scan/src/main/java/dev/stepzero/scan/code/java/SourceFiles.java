package dev.stepzero.scan.code.java;

import dev.stepzero.scan.classes.Modules;
import dev.stepzero.scan.code.java.program.OwnClass;
import dev.stepzero.scan.code.java.program.Program;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which file of a tree each class of a program was compiled from. */
final class SourceFiles {
    private static final Set<String> ENDINGS = Set.of("java", "kt", "groovy", "scala");

    private final Map<String, TreeFile> ofClass = new HashMap<>();
    private final Map<String, TreeFile> files = new LinkedHashMap<>();
    private int missing;

    SourceFiles(Program program, TreeFiles tree) {
        var byName = new HashMap<String, List<TreeFile>>();
        // Generators write sources too, and builds keep them where Git ignores them.
        var generated = tree.leftOut(Modules::isOfProgram);
        for (var file : (Iterable<TreeFile>) Stream.concat(tree.all().stream(), generated.stream())::iterator) {
            if (ENDINGS.contains(file.name().substring(file.name().lastIndexOf('.') + 1))) {
                byName.computeIfAbsent(file.name(), each -> new ArrayList<>()).add(file);
            }
        }
        for (var type : program.classes()) {
            find(type, byName)
                    .ifPresentOrElse(
                            file -> {
                                ofClass.put(type.name(), file);
                                files.put(file.path(), file);
                            },
                            () -> missing++);
        }
    }

    private static Optional<TreeFile> find(OwnClass type, Map<String, List<TreeFile>> byName) {
        var source = type.source();
        if (source.isEmpty()) {
            return Optional.empty();
        }
        var name = source.substring(source.lastIndexOf('/') + 1);
        var candidates = byName.getOrDefault(name, List.of());
        return candidates.stream()
                .filter(file -> file.path().equals(source) || file.path().endsWith("/" + source))
                .findFirst()
                // Other languages than Java do not ask for a directory for each package.
                .or(() -> candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty());
    }

    /** The file of a class, by the name that the JVM gives it; empty where the tree has none. */
    Optional<TreeFile> of(String type) {
        return Optional.ofNullable(ofClass.get(type));
    }

    Iterable<TreeFile> all() {
        return files.values();
    }

    /** How many classes have no source in the tree, such as those whose source was deleted after a build. */
    int missing() {
        return missing;
    }

    int count() {
        return files.size();
    }
}
