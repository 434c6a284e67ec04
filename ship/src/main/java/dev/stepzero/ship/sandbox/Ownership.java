package dev.stepzero.ship.sandbox;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lends directories to the sandbox's user and takes them back. Only root can give files away; Linux clears set-user-id
 * bits when an owner changes, so nothing that a command left becomes a program with root's rights.
 */
final class Ownership {
    private final Map<Path, Owner> lent = new LinkedHashMap<>();

    /** Lends a file or a whole directory, never following links out of it. */
    void lend(Path path, int user) throws InterruptedException {
        try {
            var borrower = new Owner(user, user);
            var owner = Owner.of(path);
            // Still lent means that nobody lived to take it back.
            lent.put(path, owner.equals(borrower) ? Owner.ROOT : owner);
            give(path, borrower);
        } catch (IOException e) {
            throw UserError.engine("a directory cannot be lent to the sandbox: " + e.getMessage())
                    .at(path.toString())
                    .fix("see that the directory is there and belongs to you")
                    .because(e);
        }
    }

    /** Gives everything that was lent back to whom it belonged. */
    void takeBack() throws InterruptedException {
        for (var each : lent.entrySet()) {
            try {
                give(each.getKey(), each.getValue());
            } catch (IOException e) {
                throw UserError.engine("a directory cannot be taken back from the sandbox: " + e.getMessage())
                        .at(each.getKey().toString())
                        .fix("chown it to yourself")
                        .because(e);
            }
        }
        lent.clear();
    }

    private static void give(Path root, Owner owner) throws IOException, InterruptedException {
        var visitor = new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                return change(directory);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return change(file);
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException && !file.equals(root)) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            private FileVisitResult change(Path path) throws IOException {
                if (!Owner.of(path).equals(owner)) {
                    owner.take(path);
                }
                return Thread.currentThread().isInterrupted() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        };
        Files.walkFileTree(root, visitor);
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while changing the owner of " + root);
        }
    }
}
