package dev.stepzero.core;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is looked at. */
public sealed interface Subject {

    /** What people call it. */
    String name();

    /** A directory with the files of one commit, or one file alone. */
    record SourceTree(String name, Path directory) implements Subject {}

    /** An image in an OCI layout on disk. */
    record Image(String name, Path layout, Digest digest) implements Subject {}

    /**
     * An SBOM: what something is made of, without the thing itself.
     *
     * @param sources the tree that it was built from, where it is at hand: what is said there about vulnerabilities holds
     * @param built what the build left, where it is at hand
     */
    record BillOfMaterials(String name, Path document, Optional<Path> sources, Optional<Built> built)
            implements Subject {}

    /**
     * What a build left.
     *
     * @param artifact the application: an archive, or a directory
     * @param libraries the archives beside it that it runs with
     */
    record Built(Path artifact, List<Path> libraries) {
        public Built {
            libraries = List.copyOf(libraries);
        }
    }
}
