package dev.stepzero.ship.sandbox;

import dev.stepzero.core.UserError;
import dev.stepzero.store.process.DirectoryLock;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The throw-away directory of one command: its home, its temporary files, the places of its mounts, and a note of whose
 * it is, so that a later Stepzero can clear up after a killed one.
 */
record Box(Path directory) {
    private static final String PREFIX = "stepzero-sandbox-";

    static Box create(Path parent, Invoker invoker, int user) throws InterruptedException {
        // Who clears up meanwhile would take a box without its owner's note for one that was left behind.
        try (var _ = DirectoryLock.take(parent)) {
            var box = new Box(Files.createTempDirectory(
                    parent,
                    PREFIX,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"))));
            // The mode above is cut by the process's umask.
            Files.setPosixFilePermissions(box.directory, PosixFilePermissions.fromString("rwx--x--x"));
            Files.writeString(box.note("owner"), invoker.process());
            for (var own : new Path[] {box.home(), box.temporary()}) {
                Files.createDirectory(own);
                if (invoker.root()) {
                    new Owner(user, user).take(own);
                }
            }
            return box;
        } catch (IOException e) {
            throw UserError.engine("no sandbox can be made: " + e.getMessage())
                    .at(parent.toString())
                    .fix("see that the directory for temporary files is there and has room")
                    .because(e);
        }
    }

    /** Kills and deletes what Stepzeros that are gone left behind. */
    static void clearUp(Path parent, Invoker invoker) throws InterruptedException {
        try (var _ = DirectoryLock.take(parent);
                var boxes = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (var each : boxes) {
                var box = new Box(each);
                boolean ours = Owner.of(each).user() == invoker.user();
                if (ours && Invoker.living(box.read("owner")).isEmpty()) {
                    var leader = Invoker.living(box.read("leader"));
                    if (leader.isPresent()) {
                        new ProcessTree(leader.get(), box.mark()).kill();
                    }
                    box.deleteFiles();
                }
            }
        } catch (IOException e) {
            throw UserError.engine("old sandboxes cannot be cleared up: " + e.getMessage())
                    .at(parent.toString())
                    .fix("remove the directories " + PREFIX + "* there")
                    .because(e);
        }
    }

    Path home() {
        return directory.resolve("home");
    }

    Path temporary() {
        return directory.resolve("tmp");
    }

    /** The variable that marks the processes of this box. */
    String mark() {
        return "STEPZERO_SANDBOX=" + directory.getFileName();
    }

    /** Makes the place for a mount: a directory, or a file where the source is one. */
    Path place(String name, Path source) throws IOException {
        var place = directory.resolve(name);
        return Files.isDirectory(source) ? Files.createDirectory(place) : Files.createFile(place);
    }

    void noteLeader(ProcessHandle leader) throws IOException {
        Files.writeString(note("leader"), Invoker.identity(leader));
    }

    void delete() throws IOException, InterruptedException {
        try (var _ = DirectoryLock.take(directory.resolveSibling(""))) {
            deleteFiles();
        }
    }

    private void deleteFiles() throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (Files.isDirectory(file) && !Files.isReadable(file)) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
                    Files.walkFileTree(file, this);
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private Path note(String name) {
        return directory.resolve(name);
    }

    private String read(String name) throws IOException {
        return Files.exists(note(name)) ? Files.readString(note(name)) : "";
    }
}
