package dev.stepzero.scan.packages.maven;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A POM and those that it inherits from.
 *
 * @param poms the POM itself, its parent, and so on
 * @param missing the parent that is not at hand, or that is one of the descendants again
 */
record Lineage(List<Pom> poms, Optional<String> missing) {
    private static final int LONGEST = 50;

    static Lineage of(Pom pom, PomPool pool) {
        var poms = new ArrayList<Pom>();
        var current = pom;
        while (true) {
            poms.add(current);
            var parent = current.parent();
            if (parent.isEmpty()) {
                return new Lineage(poms, Optional.empty());
            }
            var found = find(current, parent.get(), pool);
            if (found.isEmpty() || poms.contains(found.get()) || poms.size() > LONGEST) {
                return new Lineage(poms, Optional.of(parent.get().coordinates().toString()));
            }
            current = found.get();
        }
    }

    /** Where the child says that it lies, if that is the one; else wherever it is. */
    private static Optional<Pom> find(Pom child, Pom.Parent parent, PomPool pool) {
        if (child.inTree() && !parent.relativePath().isEmpty()) {
            var beside = TreePath.of(child.directory(), parent.relativePath())
                    .flatMap(pool::inTree)
                    .filter(pom -> isMeant(pom, parent));
            if (beside.isPresent()) {
                return beside;
            }
        }
        var inTree = child.inTree()
                ? pool.inTree(parent.coordinates()).stream()
                        .filter(pom -> isMeant(pom, parent))
                        .findFirst()
                : Optional.<Pom>empty();
        return inTree.or(() -> pool.inRepository(parent.coordinates()));
    }

    /** Versions such as {@code ${revision}} are written the same in both. */
    private static boolean isMeant(Pom pom, Pom.Parent parent) {
        return pom.coordinates().equals(parent.coordinates());
    }
}
