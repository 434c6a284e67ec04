package dev.stepzero.ship.project;

import java.util.Optional;

/** The files of a project at a commit, as far as its reader asks for them. */
@FunctionalInterface
public interface SourceFiles {

    /** The content of a file by its path below the project's directory, with slashes; empty if there is none. */
    Optional<byte[]> read(String path);

    default boolean has(String path) {
        return read(path).isPresent();
    }
}
