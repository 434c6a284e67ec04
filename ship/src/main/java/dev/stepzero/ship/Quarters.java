package dev.stepzero.ship;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.engine.RunKey;
import dev.stepzero.ship.steps.DirectoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a run keeps its files. A run whose commit is not trusted lives apart: it has a registry of its own, in which no
 * deployment looks, and shares its caches and the key that signs what it says with runs of the same trust alone. What
 * the build of a foreign commit fetched is not even shared with those.
 *
 * @param home stands for the installation's home
 * @param dependencies what the project's builds fetched
 * @param temporary whether the home goes away with the run
 */
record Quarters(Home home, Path dependencies, boolean temporary) {

    /** How long a run may take from its directory to its record. */
    private static final Duration SETTLING = Duration.ofHours(1);

    /** The quarters of a run. Asking again for an equal key leads to the same ones. */
    static Quarters of(Home installation, RunKey key) {
        if (key.trust() == TrustClass.TRUSTED) {
            return new Quarters(installation, dependencies(installation, key), false);
        }
        var shared = new Home(
                installation.root().resolve("untrusted").resolve(key.trust().label()));
        var own = new Home(shared.root().resolve("runs").resolve(name(key)));
        link(own.cache(), shared.cache());
        link(own.keys(), shared.keys());
        var dependencies =
                key.trust() == TrustClass.FOREIGN ? own.root().resolve("dependencies") : dependencies(shared, key);
        return new Quarters(own, dependencies, true);
    }

    /** Takes away what runs left behind that nobody will go on with. */
    static void sweep(Home installation, RunJournal journal, Clock clock) {
        var needed = journal.open().stream().map(run -> name(run.key())).collect(Collectors.toSet());
        for (var trust : TrustClass.values()) {
            var runs = installation
                    .root()
                    .resolve("untrusted")
                    .resolve(trust.label())
                    .resolve("runs");
            if (Files.isDirectory(runs)) {
                sweep(runs, needed, clock.instant().minus(SETTLING));
            }
        }
    }

    private static void sweep(Path runs, Set<String> needed, Instant before) {
        try (var directories = Files.list(runs)) {
            for (var directory : directories.toList()) {
                if (!needed.contains(String.valueOf(directory.getFileName()))
                        && Files.getLastModifiedTime(directory).toInstant().isBefore(before)) {
                    DirectoryTree.delete(directory);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path dependencies(Home home, RunKey key) {
        return home.cache().resolve("dependencies").resolve(key.project());
    }

    private static String name(RunKey key) {
        return Digest.of(key.toString().getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32);
    }

    private static void link(Path place, Path shared) {
        try {
            Files.createDirectories(shared);
            Files.createDirectories(place.resolveSibling(""));
            if (!Files.isSymbolicLink(place)) {
                Files.createSymbolicLink(place, shared);
            }
        } catch (FileAlreadyExistsException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw UserError.engine("the run's directory cannot be made: " + e.getMessage())
                    .at(place.toString())
                    .because(e);
        }
    }

    /** Takes away what no later run may see. */
    void leave() {
        if (temporary) {
            try {
                DirectoryTree.delete(home.root());
            } catch (IOException e) {
                throw UserError.engine("the run's directory cannot be taken away: " + e.getMessage())
                        .at(home.root().toString())
                        .because(e);
            }
        }
    }
}
