package dev.stepzero.ship.deploy.process;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.store.process.Unprivileged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/** Where an environment keeps what; all below its home, which nobody else may read. */
record EnvironmentFiles(Path home) {

    /** Makes the directories that are missing; those that the tiers' users must pass through let them pass. */
    void prepare(Unprivileged passing) {
        for (var directory : new Path[] {home, secrets(), releases(), replicas(), proxy()}) {
            make(directory);
        }
        passing.admit(home);
        passing.admit(secrets());
        passing.admit(releases());
        passing.admit(replicas());
    }

    Path secrets() {
        return home.resolve("secrets");
    }

    Path releases() {
        return home.resolve("releases");
    }

    Path replicas() {
        return home.resolve("replicas");
    }

    Path colour(Colour colour) {
        return replicas().resolve(colour.label());
    }

    Path proxy() {
        return home.resolve("proxy");
    }

    Path database() {
        return home.resolve("database");
    }

    Path migration() {
        return home.resolve("migration");
    }

    /** A directory of mode 0700. */
    static Path make(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            return directory;
        } catch (IOException e) {
            throw UserError.engine("cannot keep the environment here: " + e)
                    .at(directory.toString())
                    .fix("let the user who runs stepzero write there and see that the disk is not full")
                    .because(e);
        }
    }

    /** Deletes a directory with all in it, links themselves and not what they point to. */
    static void delete(Path root) {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw UserError.engine("cannot delete: " + e)
                    .at(root.toString())
                    .fix("delete it as the owner of the files")
                    .because(e);
        }
    }
}
