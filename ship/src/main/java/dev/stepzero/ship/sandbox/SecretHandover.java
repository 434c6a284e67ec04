package dev.stepzero.ship.sandbox;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.SecretValue;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of secrets into one command. They are written into the machine's memory, and before the command starts a shell
 * inside the sandbox moves them to {@value SandboxCommand#SECRETS}, where a sandbox that can keeps a memory of its own
 * that dies with the command. No argument, no container's settings and no image ever holds them.
 *
 * @param directory named after the process whose it is, so that a later one can clear up; it holds {@code in}, from
 *     which they are moved, and {@code kept}, to which they are moved where there is no other place
 */
record SecretHandover(Path directory) implements AutoCloseable {
    /** Memory that looks like a directory, on every Linux. */
    static final Path MEMORY = Path.of("/dev/shm");

    private static final String PREFIX = "stepzero-secrets-";
    private static final String INSIDE = "/run/stepzero-handover";

    /** Arguments: from, to, how many become variables, their names, the command. */
    private static final String SCRIPT = """
            from=$1 to=$2 count=$3; shift 3
            (umask 0277; for file in "$from"/*; do cat "$file" >"$to/${file##*/}" || exit 1; done) || exit 126
            rm -f "$from"/*
            while [ "$count" -gt 0 ]; do
              value=$(cat "$to/$1"; echo .); export "$1=${value%.}"; unset value
              count=$((count - 1)); shift
            done
            unset from to count
            exec "$@"
            """;

    /** Writes a command's secrets; nothing is made where it has none. */
    static SecretHandover of(SandboxCommand command, Path memory, Invoker invoker) {
        var handover = new SecretHandover(
                memory.resolve(PREFIX + invoker.process() + "-" + Long.toHexString(System.nanoTime())));
        if (command.secrets().isEmpty()) {
            return handover;
        }
        try {
            requireMemory(memory);
            make(handover.directory, "rwx--x--x");
            make(handover.in(), "rwx------");
            make(handover.kept(), "rwx------");
            for (var secret : command.secrets()) {
                var issued = secret.issued();
                handover.write(issued.name(), issued.value());
                if (issued.previous().isPresent()) {
                    handover.write(previous(issued.name()), issued.previous().get());
                }
            }
            return handover;
        } catch (IOException e) {
            handover.close();
            throw UserError.engine("secrets cannot be handed to a command: " + e)
                    .at(memory.toString())
                    .fix("see that it is there, a tmpfs, and has room")
                    .because(e);
        }
    }

    /** Deletes what processes that are gone left behind. */
    static void clearUp(Path memory, Invoker invoker) {
        try (var all = Files.newDirectoryStream(memory, PREFIX + "*")) {
            for (var each : all) {
                if (isLeft(each, invoker)) {
                    new SecretHandover(each).close();
                }
            }
        } catch (NoSuchFileException e) {
            // Without such a memory nothing was left in it.
        } catch (IOException e) {
            throw UserError.engine("secrets of an ended run cannot be deleted: " + e.getMessage())
                    .at(memory.toString())
                    .fix("remove the directories " + PREFIX + "* there")
                    .because(e);
        }
    }

    private static boolean isLeft(Path handover, Invoker invoker) throws IOException {
        var name = String.valueOf(handover.getFileName());
        var owner = name.substring(PREFIX.length(), Math.max(PREFIX.length(), name.lastIndexOf('-')));
        try {
            return Owner.of(handover).user() == invoker.user()
                    && Invoker.living(owner).isEmpty();
        } catch (NoSuchFileException e) {
            // Whose it was has deleted it since it was listed.
            return false;
        }
    }

    /**
     * The command behind the shell that takes its secrets; itself where it has none.
     *
     * @param ownMemory whether the sandbox gives the command a memory of its own at {@value SandboxCommand#SECRETS}
     */
    SandboxCommand into(SandboxCommand command, boolean ownMemory) {
        if (command.secrets().isEmpty()) {
            return command;
        }
        var environment = new LinkedHashMap<>(command.environment());
        var variables = new ArrayList<String>();
        for (var secret : command.secrets()) {
            var name = secret.issued().name();
            environment.put(name + "_FILE", inside(name));
            if (secret.issued().previous().isPresent()) {
                environment.put(name + "_PREVIOUS_FILE", inside(previous(name)));
            }
            if (secret.variable()) {
                variables.add(name);
            }
        }
        var mounts = new ArrayList<>(command.mounts());
        mounts.add(new SandboxCommand.Mount(in(), INSIDE, false));
        if (!ownMemory) {
            mounts.add(new SandboxCommand.Mount(kept(), SandboxCommand.SECRETS, false));
        }
        var words = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                SCRIPT,
                "secrets",
                INSIDE,
                SandboxCommand.SECRETS,
                Integer.toString(variables.size())));
        words.addAll(variables);
        words.addAll(command.argv());
        return new SandboxCommand(
                words,
                command.workspace(),
                mounts,
                environment,
                command.network(),
                command.limits(),
                command.secrets());
    }

    private static String previous(String name) {
        return name + ".previous";
    }

    private static String inside(String file) {
        return SandboxCommand.SECRETS + "/" + file;
    }

    private Path in() {
        return directory.resolve("in");
    }

    private Path kept() {
        return directory.resolve("kept");
    }

    private void write(String name, SecretValue value) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------"));
        try (var out = Channels.newOutputStream(FileChannel.open(in().resolve(name), options, mode))) {
            value.writeTo(out);
        }
    }

    private static void make(Path directory, String mode) throws IOException {
        var permissions = PosixFilePermissions.fromString(mode);
        Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(permissions));
        // The mode above is cut by the process's umask.
        Files.setPosixFilePermissions(directory, permissions);
    }

    /** What is written to a disk can be read from it long after it was deleted. */
    private static void requireMemory(Path memory) throws IOException {
        var type = Files.getFileStore(memory).type();
        if (!type.equals("tmpfs") && !type.equals("ramfs")) {
            throw new IOException("the directory is a " + type + " and no tmpfs");
        }
    }

    @Override
    public void close() {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(directory, new Deletion());
        } catch (IOException e) {
            throw UserError.engine("secrets cannot be deleted: " + e)
                    .at(directory.toString())
                    .fix("delete the directory")
                    .because(e);
        }
    }

    /** Deletes a tree that somebody else may be deleting too. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            return onlyGone(failure);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(visited);
            return failure == null ? FileVisitResult.CONTINUE : onlyGone(failure);
        }

        private static FileVisitResult onlyGone(IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
