package dev.stepzero.ship;

import dev.stepzero.core.Home;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.steps.DirectoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directories in which runs work: each is taken away once its run can no longer go on. */
final class Workspaces {
    private Workspaces() {}

    static void sweep(Home home, RunJournal journal) {
        var all = home.workspace(0).resolveSibling("");
        if (!Files.isDirectory(all)) {
            return;
        }
        try (var directories = Files.list(all)) {
            for (var directory : directories.toList()) {
                if (isOver(directory, journal)) {
                    DirectoryTree.delete(directory);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOver(Path directory, RunJournal journal) {
        var name = String.valueOf(directory.getFileName());
        return name.matches("[0-9]{1,18}")
                && journal.find(Long.parseLong(name))
                        .filter(run -> run.status().resumable())
                        .isEmpty();
    }
}
