package dev.stepzero.core;

import java.nio.file.Path;

/**
 * Where Stepzero keeps what it must remember and what it caches.
 *
 * @param root {@code ~/.stepzero}, or what {@code STEPZERO_HOME} names; absolute
 */
public record Home(Path root) {

    public Home {
        root = root.toAbsolutePath().normalize();
    }

    /** The embedded registry: an OCI image layout. */
    public Path registry() {
        return root.resolve("registry");
    }

    /** What may be deleted at any time, for it is made again. */
    public Path cache() {
        return root.resolve("cache");
    }

    /** The files of one run, below which each step has its own directory. */
    public Path workspace(long run) {
        return root.resolve("workspaces").resolve(Long.toString(run));
    }

    /** What an environment needs to live on: secrets, sockets, data. */
    public Path environment(String project, String name) {
        return root.resolve("environments").resolve(project).resolve(name);
    }

    /** The keys that sign evidence. */
    public Path keys() {
        return root.resolve("keys");
    }
}
