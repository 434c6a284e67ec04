package dev.stepzero.core;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where Stepzero keeps what it must remember and what it caches.
 *
 * @param root {@code ~/.stepzero}, or what {@code STEPZERO_HOME} names; absolute
 */
public record Home(Path root) {

    public Home {
        root = root.toAbsolutePath().normalize();
    }

    /** The directory of the user as their shell knows it, which need not be the one that {@code /etc/passwd} names. */
    public static Path ofUser(Map<String, String> environment) {
        var home = environment.getOrDefault("HOME", "");
        return Path.of(home.isEmpty() ? System.getProperty("user.home") : home);
    }

    /** What {@code STEPZERO_HOME} names, or else {@code .stepzero} in the user's directory. */
    public static Home of(Map<String, String> environment) {
        var named = environment.getOrDefault("STEPZERO_HOME", "");
        return new Home(named.isEmpty() ? ofUser(environment).resolve(".stepzero") : Path.of(named));
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

    /** The keys that sign the ledger's checkpoints, and the newest of those that was seen from here. */
    public Path ledger() {
        return root.resolve("ledger");
    }
}
